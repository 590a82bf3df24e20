import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { GROUP, armIdOf, LOCATION } from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";
import { templateBody, templatePath } from "../../support/templates";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
});
beforeEach(async () => {
  await azure.operate("DELETE", GROUP);
  await azure.arm("PUT", GROUP, { location: LOCATION });
});
afterAll(() => azure.close());

const NETWORKS = "Microsoft.Network/virtualNetworks";
const network = (name: string, others: object = {}): object => ({
  ...{ type: NETWORKS, apiVersion: "2024-05-01", name, location: "[resourceGroup().location]" },
  properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
  ...others,
});
const subnet = (name: string, others: object = {}): object => ({
  ...{ type: `${NETWORKS}/subnets`, apiVersion: "2024-05-01", name },
  properties: { addressPrefix: "10.0.1.0/24" },
  ...others,
});
const refusal = async (resources: readonly object[]): Promise<string> => {
  const { status, body } = await azure.arm("PUT", templatePath("bad"), templateBody(resources));
  expect(status).toBe(400);
  return textAt(body, "error.message");
};
const written = async (since: number): Promise<readonly string[]> => {
  const writes = (await azure.trace(`kind=arm&since=${since}`)).filter(({ via }) => via !== undefined);
  return writes.map(({ path }) => path.split("/").at(-1) ?? "");
};
const now = async (): Promise<number> => (await azure.trace()).at(-1)?.seq ?? 0;
const DEPENDENCY = "[resourceId('Microsoft.Network/virtualNetworks', 'net')]";

describe("the resources of a template", () => {
  test.each<[string, readonly object[]]>([
    ["an id", [subnet("net/a", { dependsOn: [DEPENDENCY] }), network("net")]],
    ["a name", [subnet("net/a", { dependsOn: ["net"] }), network("net")]],
    ["a type and name", [subnet("net/a", { dependsOn: [`${NETWORKS}/net`] }), network("net")]],
  ])("are written after those that they depend on, given by %s", async (_, resources) => {
    const since = await now();
    expect((await azure.operate("PUT", templatePath("order"), templateBody(resources))).body).toMatchObject({
      status: "Succeeded",
    });
    expect(await written(since)).toEqual(["net", "a"]);
    const { body } = await azure.arm("GET", templatePath("order"));
    expect(valueAt(body, "properties.outputResources")).toEqual([
      { id: armIdOf(azure, `${GROUP}/providers/${NETWORKS}/net`) },
      { id: armIdOf(azure, `${GROUP}/providers/${NETWORKS}/net/subnets/a`) },
    ]);
  });

  test("may be nested in the one that they are in", async () => {
    const { type: _, ...nested } = subnet("a") as { type: string };
    const resources = [network("net", { resources: [{ ...nested, type: "subnets", dependsOn: ["net"] }] })];
    expect((await azure.operate("PUT", templatePath("nested"), templateBody(resources))).body).toMatchObject({
      status: "Succeeded",
    });
    expect((await azure.arm("GET", `${GROUP}/providers/${NETWORKS}/net/subnets/a`)).status).toBe(200);
  });

  test.each<[string, readonly object[], string]>([
    [
      "a circle",
      [network("a", { dependsOn: ["b"] }), network("b", { dependsOn: ["a"] })],
      "circular dependency detected on resource: '",
    ],
    ["an unknown dependency", [network("a", { dependsOn: ["c"] })], "the resource 'c' is not defined in the template."],
    [
      "the same one twice",
      [network("a"), network("A")],
      `the resource '${NETWORKS}/A' is defined multiple times in a template.`,
    ],
    [
      "dependencies that are no list",
      [network("a", { dependsOn: "b" })],
      "dependsOn of the resource 'a' must be a list of text",
    ],
    [
      "a name with too few parts",
      [subnet("a")],
      "the resource 'a' of type 'Microsoft.Network/virtualNetworks/subnets' has incorrect segment lengths",
    ],
  ])("are refused with %s", async (_, resources, reason) => {
    expect(await refusal(resources)).toContain(`Deployment template validation failed: '${reason}`);
  });
});

describe("the operations of a deployment", () => {
  test("tell what was done with each resource", async () => {
    await azure.operate("PUT", templatePath("ops"), templateBody([network("net"), subnet("net/a"), subnet("none/a")]));
    const { body } = await azure.arm("GET", `${templatePath("ops")}/operations`);
    const operations = valueAt(body, "value") as readonly Record<string, unknown>[];
    expect(operations).toMatchObject([
      {
        properties: { provisioningState: "Succeeded", statusCode: "Created", targetResource: { resourceName: "net" } },
      },
      { properties: { provisioningState: "Succeeded", targetResource: { resourceType: `${NETWORKS}/subnets` } } },
      { properties: { provisioningState: "Failed", statusMessage: { error: { code: "ParentResourceNotFound" } } } },
    ]);
    const one = await azure.arm("GET", textAt(operations[0], "id"));
    expect(one).toMatchObject({ status: 200, body: operations[0] as object });
    // The address that Microsoft's clients use.
    expect((await azure.arm("GET", `${GROUP}/deployments/ops/operations`)).body).toEqual(body);
  });

  test("of a deployment or of a name that is not there are not found", async () => {
    expect(await azure.arm("GET", `${templatePath("none")}/operations`)).toMatchObject({
      status: 404,
      body: { error: { code: "DeploymentNotFound" } },
    });
    await azure.operate("PUT", templatePath("ops"), templateBody([]));
    expect(await azure.arm("GET", `${templatePath("ops")}/operations/none`)).toMatchObject({ status: 404 });
  });
});

describe("before it is deployed a template", () => {
  test("is validated: what it would write, and nothing is written", async () => {
    const body = templateBody([network("net")], { p: { value: "x" } }, { p: { type: "string" } });
    expect(await azure.arm("POST", `${templatePath("try")}/validate`, body)).toMatchObject({
      status: 200,
      body: {
        properties: {
          mode: "Incremental",
          provisioningState: "Succeeded",
          parameters: { p: { type: "String", value: "x" } },
          validatedResources: [{ id: armIdOf(azure, `${GROUP}/providers/${NETWORKS}/net`) }],
        },
      },
    });
    expect((await azure.arm("GET", templatePath("try"))).status).toBe(404);
    const refused = await azure.arm("POST", `${templatePath("try")}/validate`, templateBody([{ type: "a/b" }]));
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "InvalidTemplate" } } });
  });

  test("says which resources it would make, write again and leave alone", async () => {
    await azure.operate("PUT", templatePath("first"), templateBody([network("old"), network("other")]));
    const answer = await azure.arm(
      "POST",
      `${templatePath("try")}/whatIf`,
      templateBody([network("OLD"), network("new")]),
    );
    const id = (name: string): string => armIdOf(azure, `${GROUP}/providers/${NETWORKS}/${name}`);
    expect(answer).toMatchObject({ status: 200, body: { status: "Succeeded" } });
    expect(valueAt(answer.body, "properties.changes")).toEqual([
      { resourceId: id("old"), changeType: "Deploy" },
      { resourceId: id("new"), changeType: "Create" },
      { resourceId: id("other"), changeType: "Ignore" },
    ]);
    expect((await azure.arm("GET", `${GROUP}/providers/${NETWORKS}/new`)).status).toBe(404);
  });

  test.each([
    ["cancel", 405, "MethodNotAllowed"],
    ["exportTemplate", 405, "MethodNotAllowed"],
  ])("has no %s here", async (action, status, code) => {
    await azure.operate("PUT", templatePath("first"), templateBody([]));
    expect(await azure.arm("POST", `${templatePath("first")}/${action}`)).toMatchObject({
      status,
      body: { error: { code } },
    });
  });
});

test("a deployment of the subscription is refused", async () => {
  const path = "providers/Microsoft.Resources/deployments/top";
  expect(await azure.arm("PUT", path, templateBody([]))).toMatchObject({
    status: 404,
    body: { error: { code: "InvalidResourceType" } },
  });
});

test("a template that deploys a template waits for it", async () => {
  const inner = templateBody([network("inner")]) as { properties: object };
  const nested = { type: "Microsoft.Resources/deployments", apiVersion: "2024-03-01", name: "child", ...inner };
  expect((await azure.operate("PUT", templatePath("parent"), templateBody([nested]))).body).toMatchObject({
    status: "Succeeded",
  });
  expect((await azure.arm("GET", `${GROUP}/providers/${NETWORKS}/inner`)).status).toBe(200);
});
