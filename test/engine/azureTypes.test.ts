import { afterAll, beforeAll, expect, test } from "vitest";
import type { TraceEntry } from "azure-mlflow-rollout-local";
import { estate } from "../support/estate";
import type { EstateChange } from "../support/estate";
import { Rehearsal } from "../support/rehearsal";

let change: EstateChange = { owner: "a", secret: "first" };
let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await Rehearsal.start({}, () => Promise.resolve(estate(change)));
});
afterAll(() => rehearsal.close());

/** Bodies of what was written, by the end of the path. */
const bodyAt = (trace: readonly TraceEntry[], path: RegExp): unknown =>
  trace.find((entry) => entry.method === "PUT" && path.test(entry.path))?.body;
const inputs = async (): Promise<Record<string, unknown>> =>
  Object.fromEntries((await rehearsal.stack.resources()).map((resource) => [resource.urn, resource.inputs]));

test("one up creates one of each type with the bodies that Azure takes", async () => {
  const trace = await rehearsal.armTrace(() => rehearsal.stack.up());
  expect(trace.filter(({ method, status }) => method === "PUT" && status >= 400)).toEqual([]);
  const endpoint = /\/onlineEndpoints\/heart-estate$/;
  expect(bodyAt(trace, endpoint)).toEqual({
    location: "westeurope",
    tags: { owner: "a" },
    identity: { type: "SystemAssigned" },
    properties: {
      authMode: "AADToken",
      compute: expect.stringMatching(/\/computes\/cluster$/) as string,
      publicNetworkAccess: "Enabled",
    },
  });
  expect(bodyAt(trace, /\/onlineEndpoints\/heart-estate\/providers\/.+\/roleAssignments\/[-0-9a-f]{36}$/)).toEqual({
    properties: {
      principalId: expect.stringMatching(/^[-0-9a-f]{36}$/) as string,
      principalType: "ServicePrincipal",
      roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/f6c7c914-8db3-469d-8ca1-694a8f32e121",
    },
  });
  expect(bodyAt(trace, /\/privateEndpoints\/private[0-9a-f]{8}$/)).toMatchObject({
    properties: { privateLinkServiceConnections: [{ name: "ml", properties: { groupIds: ["amlworkspace"] } }] },
  });
  expect(bodyAt(trace, /\/metricAlerts\/errors[0-9a-f]{8}$/)).toMatchObject({
    properties: { criteria: { "odata.type": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria" } },
  });
});

test("a refresh changes no argument", async () => {
  const before = await inputs();
  await rehearsal.stack.refresh();
  expect(await inputs()).toEqual(before);
});

test("a refresh sees what somebody changed, and the next up puts it back", async () => {
  const [identity] = await rehearsal.resources("/userAssignedIdentities");
  await rehearsal.azure.arm("PATCH", String(identity?.["id"]), { tags: { owner: "somebody" } });
  await rehearsal.stack.refresh();
  const trace = await rehearsal.armTrace(() => rehearsal.stack.up());
  expect(trace.filter(({ method }) => method === "PUT")).toMatchObject([
    { path: identity?.["id"], body: { tags: { owner: "a" } } },
  ]);
});

test("a change updates what it is in, and a secret stays one", async () => {
  change = { owner: "b", secret: "second" };
  const { steps } = await rehearsal.stack.up();
  expect(steps.filter((step) => !step.startsWith("update "))).toEqual([]);
  expect(steps).toContain("update azure-native:keyvault:Secret key");
  const secret = (await rehearsal.stack.resources()).find(({ type }) => type === "azure-native:keyvault:Secret");
  expect(secret?.inputs?.["properties"]).toMatchObject({ value: { plaintext: '"second"' } });
  expect(JSON.stringify(secret?.outputs)).not.toContain("second");
});

test("a destroy leaves nothing", async () => {
  await rehearsal.stack.destroy();
  expect(await rehearsal.resources("")).toEqual([]);
});
