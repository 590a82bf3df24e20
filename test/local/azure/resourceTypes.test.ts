import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorkspace, GROUP, STORAGE, WORKSPACE, armIdOf, workspaceBody } from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";
import * as served from "../../support/served";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
});
afterAll(() => azure.close());

const refused = (status: number, code: string) => ({ status, body: { error: { code } } });

test("each type is created, answered, written again, listed, and keeps what was generated", async () => {
  for (const { path, body, created, answered } of served.servedResources(azure)) {
    const first = await azure.arm("PUT", path, body);
    expect({ path, ...first }).toMatchObject({ path, status: created, body: answered });
    const again = await azure.arm("PUT", path, body);
    expect({ path, status: again.status }).toEqual({ path, status: 200 });
    expect(await azure.arm("GET", path)).toMatchObject({ status: 200, body: again.body as object });
    const collection = path.split("/").slice(0, -1).join("/");
    const { body: list } = await azure.arm("GET", collection);
    expect(valueAt(list, "value")).toContainEqual(again.body);
  }
});

test("the value of a container app's secret is neither answered nor traced", async () => {
  const answers = [await azure.arm("GET", served.APP), await azure.trace()];
  expect(JSON.stringify(answers)).toContain("caller");
  expect(JSON.stringify(answers)).not.toContain("do-not-tell");
});

describe("of an identity, a log workspace and insights", () => {
  test.each([
    [served.IDENTITY, ["principalId", "clientId"]],
    [served.LOGS, ["customerId", "createdDate"]],
    [`${GROUP}/providers/Microsoft.Insights/components/heartinsights`, ["InstrumentationKey", "AppId"]],
  ])("%s keeps its generated properties when it is written again", async (path, keys) => {
    const { body: before } = await azure.arm("GET", path);
    await azure.arm("PATCH", path, { tags: { changed: "yes" } });
    const { body: after } = await azure.arm("GET", path);
    expect(valueAt(after, "tags")).toEqual({ changed: "yes" });
    for (const key of keys) expect(textAt(after, `properties.${key}`)).toBe(textAt(before, `properties.${key}`));
  });
});

test("credentials of a registry are told when its admin user is enabled", async () => {
  const credentials = () => azure.arm("POST", `${served.REGISTRY}/listCredentials`);
  expect(await credentials()).toMatchObject(refused(400, "UnAuthorizedForCredentialOperations"));
  await azure.arm("PATCH", served.REGISTRY, { properties: { adminUserEnabled: true } });
  const { body } = await credentials();
  expect(body).toMatchObject({ username: "heartregistry", passwords: [{ name: "password" }, { name: "password2" }] });
  expect((await credentials()).body).toEqual(body);
});

test("keys of a log workspace stay the same", async () => {
  const keys = () => azure.arm("POST", `${served.LOGS}/sharedKeys`);
  const { body } = await keys();
  expect(textAt(body, "primarySharedKey")).not.toBe(textAt(body, "secondarySharedKey"));
  expect((await keys()).body).toEqual(body);
});

test("a workspace with a managed network takes rules for what it may reach", async () => {
  const { properties, ...others } = workspaceBody(azure) as { properties: object };
  const managedNetwork = { isolationMode: "AllowOnlyApprovedOutbound" };
  await azure.operate("PUT", WORKSPACE, { ...others, properties: { ...properties, managedNetwork } });
  const rule = `${WORKSPACE}/outboundRules/storage`;
  const destination = { serviceResourceId: armIdOf(azure, STORAGE), subresourceTarget: "blob" };
  expect(await azure.arm("PUT", rule, { properties: { type: "PrivateEndpoint", destination } })).toMatchObject({
    status: 200,
    body: { properties: { category: "UserDefined", status: "Active", destination } },
  });
  expect(await azure.arm("PUT", rule, { properties: { type: "PrivateEndpoint", destination: "x" } })).toMatchObject(
    refused(400, "ValidationError"),
  );
  expect((await azure.arm("GET", `${WORKSPACE}/outboundRules`)).body).toMatchObject({ value: [{ name: "storage" }] });
});
