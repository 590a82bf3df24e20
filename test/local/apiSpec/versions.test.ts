import { afterAll, beforeAll, expect, test } from "vitest";
import { GROUP, LOCATION, WORKSPACE, createWorkspace } from "../../../driver/heartWorkspace";
import { TestAzure, textAt } from "../../support/localAzure";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
});
afterAll(() => azure.close());

const ask = (method: string, path: string, body?: object) => azure.arm(method, `${path}?api-version=2023-02-30`, body);

test.each<[string, string, string, object | undefined, number, string]>([
  ["a new resource", "PUT", `${WORKSPACE}x`, { location: LOCATION }, 400, "NoRegisteredProviderFound"],
  ["a resource that is there", "GET", WORKSPACE, undefined, 400, "NoRegisteredProviderFound"],
  ["a nested resource", "GET", `${WORKSPACE}/models/m`, undefined, 404, "InvalidResourceType"],
  ["a collection", "GET", `${WORKSPACE}/models`, undefined, 404, "InvalidResourceType"],
  ["an extension", "GET", `${WORKSPACE}/providers/Microsoft.Insights/metrics`, undefined, 404, "InvalidResourceType"],
  ["a resource group", "GET", GROUP, undefined, 400, "InvalidApiVersionParameter"],
])(
  "%s is refused in a version that there is none of, with those that there are",
  async (_, method, path, body, status, code) => {
    const before = await azure.resources();
    const refused = await ask(method, path, body);
    expect({ status: refused.status, code: textAt(refused.body, "error.code") }).toEqual({ status, code });
    expect(textAt(refused.body, "error.message")).toMatch(/supported (api-)?versions are '.*\d{4}-\d\d-\d\d/);
    expect(await azure.resources()).toEqual(before);
  },
);

test("one type is not served in the versions of another", async () => {
  const path = `${GROUP}/providers/Microsoft.Storage/storageAccounts/heartstorage`;
  expect((await azure.arm("GET", `${path}?api-version=2025-12-01`)).status).toBe(400);
  expect((await azure.arm("GET", `${path}?api-version=2024-01-01`)).status).toBe(200);
});
