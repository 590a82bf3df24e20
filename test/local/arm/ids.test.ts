import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorkspace, GROUP, armIdOf, LOCATION, STORAGE, VAULT, WORKSPACE } from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";
import { createServed, DIAGNOSTICS, IDENTITY, LOGS, NETWORK, SECRET } from "../../support/served";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
  await createServed(azure);
});
afterAll(() => azure.close());

const error = (status: number, code: string) => ({ status, body: { error: { code } } });
const namesIn = async (path: string): Promise<unknown[]> => {
  const { body } = await azure.arm("GET", path);
  return (valueAt(body, "value") as readonly { readonly name: string }[]).map(({ name }) => name);
};
const IDENTITIES = IDENTITY.replace(/\/[^/]+$/, "");

describe("ids are the same in any case", () => {
  test("and keep the case that they were first written in", async () => {
    for (const path of [IDENTITY, SECRET, DIAGNOSTICS]) {
      const loud = armIdOf(azure, path).toUpperCase();
      const { status, body } = await azure.arm("GET", loud);
      expect({ path, status, id: textAt(body, "id") }).toEqual({ path, status: 200, id: armIdOf(azure, path) });
    }
    const again = await azure.arm("PUT", armIdOf(azure, IDENTITY).toUpperCase(), { location: LOCATION });
    expect(again).toMatchObject({ status: 200, body: { id: armIdOf(azure, IDENTITY), name: "scorer" } });
  });

  test("new names keep their own case below parents that keep theirs", async () => {
    const path = `${VAULT.toUpperCase()}/SECRETS/Second`.replace("RESOURCEGROUPS", "resourcegroups");
    const { body } = await azure.arm("PUT", path, { properties: { value: "x" } });
    expect(body).toMatchObject({
      id: armIdOf(azure, `${VAULT}/secrets/Second`),
      type: "Microsoft.KeyVault/vaults/secrets",
    });
  });
});

describe("a list", () => {
  test("shows the resources of a group or of the subscription", async () => {
    await azure.arm("PUT", "resourceGroups/second", { location: LOCATION });
    await azure.arm("PUT", IDENTITY.replace(GROUP, "resourceGroups/second"), { location: LOCATION });
    expect(await namesIn(IDENTITIES)).toEqual(["scorer"]);
    expect(await namesIn("providers/Microsoft.ManagedIdentity/userAssignedIdentities")).toEqual(["scorer", "scorer"]);
  });

  test("of all resources of a group leaves out nested ones and can be of one type", async () => {
    const all = await namesIn(`${GROUP}/resources`);
    expect(all).toContain("heartvault");
    expect(all).not.toContain("endpoints");
    const filter = encodeURIComponent("resourceType eq 'Microsoft.Network/virtualNetworks'");
    expect(await namesIn(`${GROUP}/resources?$filter=${filter}`)).toEqual(["net"]);
    expect(await namesIn(`resources?$filter=${filter}`)).toEqual(["net"]);
    expect(await azure.arm("GET", `resources?$filter=x`)).toMatchObject(error(400, "InvalidFilterInQueryString"));
  });

  test("of a type that is kept elsewhere is empty, of a group that is not there an error", async () => {
    expect(await namesIn(`resourceGroups/second/providers/Microsoft.Network/virtualNetworks`)).toEqual([]);
    const missing = IDENTITIES.replace(GROUP, "resourceGroups/nowhere");
    expect(await azure.arm("GET", missing)).toMatchObject(error(404, "ResourceGroupNotFound"));
  });
});

describe("an extension", () => {
  const settings = (path: string): string => `${path}/providers/Microsoft.Insights/diagnosticSettings`;

  test("belongs to its resource, not to what this is in, and goes with it", async () => {
    await azure.arm("PUT", `${settings(STORAGE)}/all`, { properties: { workspaceId: armIdOf(azure, LOGS) } });
    const blobs = `${STORAGE}/blobServices/default`;
    await azure.arm("PUT", `${settings(blobs)}/blobs`, { properties: { workspaceId: armIdOf(azure, LOGS) } });
    expect(await namesIn(settings(STORAGE))).toEqual(["all"]);
    expect(await namesIn(settings(blobs))).toEqual(["blobs"]);
    expect(await namesIn(settings(WORKSPACE))).toEqual(["all"]);
    await azure.arm("DELETE", STORAGE);
    expect(await azure.arm("GET", `${settings(STORAGE)}/all`)).toMatchObject(error(404, "ResourceNotFound"));
  });

  test("of a resource that is not there is refused", async () => {
    const lost = `${settings(NETWORK.replace("/net", "/other"))}/all`;
    expect(await azure.arm("PUT", lost, { properties: {} })).toMatchObject(error(404, "ResourceNotFound"));
  });
});

test.each([
  ["a type of groups in the subscription", "PUT", "providers/Microsoft.KeyVault/vaults/v", 404, "InvalidResourceType"],
  [
    "a type of groups on a resource",
    "PUT",
    `${NETWORK}/providers/Microsoft.KeyVault/vaults/v`,
    404,
    "InvalidResourceType",
  ],
  ["a name with a slash", "PUT", `${VAULT}/secrets/a%2Fb`, 400, "InvalidRequestUri"],
  ["a name with a control character", "GET", `${GROUP}%00`, 400, "InvalidRequestUri"],
  ["an action that there is not", "POST", `${VAULT}/constructor`, 405, "MethodNotAllowed"],
  ["a method that is not served", "DELETE", SECRET, 405, "MethodNotAllowed"],
  ["a path of nothing", "GET", "nothing/here", 404, "NotFound"],
  [
    "a write above the subscription",
    "PUT",
    "/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000001",
    403,
    "AuthorizationFailed",
  ],
])("%s is refused", async (_, method, path, status, code) => {
  expect(await azure.arm(method, path, method === "PUT" ? { location: LOCATION } : undefined)).toMatchObject(
    error(status, code),
  );
});

test("a PATCH replaces the tags, keeps the rest, and moves nothing", async () => {
  const before = await azure.arm("GET", NETWORK);
  const patched = await azure.arm("PATCH", NETWORK, { tags: { new: "yes" } });
  expect(patched).toMatchObject({ status: 200, body: { tags: { new: "yes" } } });
  expect(valueAt(patched.body, "properties")).toEqual(valueAt(before.body, "properties"));
  expect(await azure.arm("PATCH", NETWORK, { location: "northeurope" })).toMatchObject(
    error(409, "InvalidResourceLocation"),
  );
  expect(await azure.arm("PATCH", NETWORK.replace("/net", "/none"), { tags: {} })).toMatchObject(
    error(404, "ResourceNotFound"),
  );
});
