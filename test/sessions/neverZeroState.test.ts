import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { textAt } from "../../driver/azureClient";
import { SERVED, ServingStack } from "../support/servingStack";

const PUT_DEPLOYMENT = "PUT onlineEndpoints/deployments";
const ML = "azure-native:machinelearningservices";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** The tests of this file lose parts of the state and mend it. */
let serving: ServingStack;

beforeAll(async () => {
  serving = await ServingStack.start();
});

afterAll(() => serving.close());

async function recordId(): Promise<string> {
  const [record] = await serving.rehearsal.resources("Microsoft.Resources/deployments");
  return textAt(record, "id");
}

test("the state loses the traffic step", async () => {
  await serving.forget("heart-traffic");
  const { refused, text } = await serving.change((stack) => stack.up());
  expect(refused).toBe(true);
  expect(text).toContain(`cannot create already existing resource '${await recordId()}'`);
  await serving.rehearsal.azure.operate("DELETE", await recordId());
  const mended = await serving.run((stack) => stack.up());
  expect(mended.writes).toEqual(["PUT deployments", "PUT onlineEndpoints via"]);
  await serving.expectSettled();
});

test("the state loses the endpoint", async () => {
  await serving.forget("heart-endpoint");
  const { refused, text } = await serving.change((stack) => stack.up());
  expect(refused).toBe(true);
  expect(text).toContain(`cannot create already existing resource '${String(await serving.live("id"))}'`);
});

test("pulumi import of an endpoint that serves", async () => {
  const endpointId = String(await serving.live("id"));
  const parent = await serving.urn("heart");
  const resources = [
    { type: `${ML}:OnlineEndpoint`, name: "heart-endpoint", id: endpointId },
    ...[BLUE, GREEN].map((name) => ({
      type: `${ML}:OnlineDeployment`,
      name: `heart-deployment-${name}`,
      id: `${endpointId}/deployments/${name}`,
    })),
  ].map((resource) => ({ ...resource, parent: "heart" }));
  await serving.change((stack) =>
    stack.import({ resources, nameTable: { heart: parent }, protect: false, generateCode: false }),
  );
  // What the service has filled in is left out again, which changes nothing that serves; the step is not imported with it.
  const { refused, text, writes } = await serving.run((stack) => stack.up());
  expect({ refused, writes: writes.slice(0, 2) }).toEqual({ refused: true, writes: Array(2).fill(PUT_DEPLOYMENT) });
  expect(text).toContain(`cannot create already existing resource '${await recordId()}'`);
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
  await serving.rehearsal.azure.operate("DELETE", await recordId());
  await serving.run((stack) => stack.up());
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
  await serving.expectSettled();
});
