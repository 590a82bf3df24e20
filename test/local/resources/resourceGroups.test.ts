import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  blobService,
  createWorkspaceParts,
  GROUP,
  LOCATION,
  STORAGE,
  storageBody,
} from "../../../driver/heartWorkspace";
import { TestAzure, textAt } from "../../support/localAzure";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
});
afterAll(() => azure.close());

const error = (status: number, code: string) => ({ status, body: { error: { code } } });

describe("resource groups", () => {
  test("are created with 201, updated with 200, listed, and found in any case", async () => {
    const body = { location: "West Europe", tags: { owner: "ml" } };
    expect(await azure.arm("PUT", "resourceGroups/first", body)).toMatchObject({
      status: 201,
      body: {
        name: "first",
        location: "westeurope",
        tags: { owner: "ml" },
        properties: { provisioningState: "Succeeded" },
      },
    });
    expect(await azure.arm("PUT", "resourceGroups/first", body)).toMatchObject({ status: 200 });
    expect(await azure.arm("GET", "resourcegroups/FIRST")).toMatchObject({ status: 200, body: { name: "first" } });
    expect(await azure.arm("HEAD", "resourceGroups/first")).toMatchObject({ status: 204 });
    expect(await azure.arm("GET", "resourceGroups")).toMatchObject({ body: { value: [{ name: "first" }] } });
  });

  test("keep their location", async () => {
    await azure.arm("PUT", "resourceGroups/fixed", { location: LOCATION });
    expect(await azure.arm("PUT", "resourceGroups/fixed", { location: "northeurope" })).toMatchObject(
      error(409, "InvalidResourceGroupLocation"),
    );
  });

  test("take with them what they contain, blobs and their keys included", async () => {
    await createWorkspaceParts(azure);
    const blobs = await blobService(azure);
    await blobs.createContainer("kept");
    const deleted = await azure.arm("DELETE", GROUP);
    expect(deleted.status).toBe(202);
    expect((await azure.arm("GET", deleted.headers.location ?? "")).status).toBe(202);
    expect((await azure.finish(deleted)).status).toBe(200);
    expect(await azure.arm("GET", GROUP)).toMatchObject(error(404, "ResourceGroupNotFound"));
    expect(await azure.arm("GET", STORAGE)).toMatchObject(error(404, "ResourceGroupNotFound"));
    await expect(blobs.getContainerClient("kept").getProperties()).rejects.toMatchObject({ statusCode: 404 });
    await createWorkspaceParts(azure);
    expect(await (await blobService(azure)).getContainerClient("kept").exists()).toBe(false);
  });
});

describe("requests that Azure Resource Manager refuses", () => {
  const GENERIC = "resourceGroups/plain/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one";

  beforeAll(() => azure.arm("PUT", "resourceGroups/plain", { location: LOCATION }));

  test.each([
    ["an empty api-version", "GET", "?api-version=", undefined, 400, "InvalidApiVersionParameter"],
    ["a malformed api-version", "GET", "?api-version=latest", undefined, 400, "InvalidApiVersionParameter"],
    ["a write without content", "PUT", "", undefined, 400, "InvalidRequestContent"],
    ["a write that is no JSON", "PUT", "", "{", 400, "InvalidRequestContent"],
    ["a write that is no object", "PUT", "", "[]", 400, "InvalidRequestContent"],
  ])("%s", async (_, method, query, body, status, code) => {
    expect(await azure.arm(method, `${GENERIC}${query}`, body)).toMatchObject(error(status, code));
  });

  test("a missing api-version", async () => {
    const headers = { authorization: `Bearer ${await azure.token()}` };
    expect(await azure.send("GET", `/subscriptions/${azure.azure.subscriptionId}`, { headers })).toMatchObject(
      error(400, "MissingApiVersionParameter"),
    );
  });

  test("another subscription", async () => {
    const other = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/plain";
    expect(await azure.arm("GET", other)).toMatchObject(error(404, "SubscriptionNotFound"));
  });

  test("a resource in a group that does not exist", async () => {
    const path = STORAGE.replace("resourceGroups/heart", "resourceGroups/nowhere");
    expect(await azure.arm("PUT", path, storageBody())).toMatchObject(error(404, "ResourceGroupNotFound"));
  });

  test("a nested resource without its parent", async () => {
    const path =
      "resourceGroups/plain/providers/Microsoft.Storage/storageAccounts/none/blobServices/default/containers/one";
    expect(await azure.arm("PUT", path, { properties: {} })).toMatchObject(error(404, "ParentResourceNotFound"));
  });

  test("a type of machine learning that is not served, instead of keeping what nothing would act on", async () => {
    const path = "resourceGroups/plain/providers/Microsoft.MachineLearningServices/capacityReservationGroups/one";
    expect(await azure.arm("PUT", path, { location: LOCATION, properties: {} })).toMatchObject(
      error(404, "InvalidResourceType"),
    );
  });
});

describe("what is not served", () => {
  beforeAll(() => azure.arm("PUT", "resourceGroups/unserved", { location: LOCATION }));

  test.each([
    [
      "Microsoft.Compute/virtualMachines/vm",
      "InvalidResourceNamespace",
      "The resource namespace 'Microsoft.Compute' is invalid. The local Azure ML serves ",
    ],
    [
      "Microsoft.KeyVault/managedHSMs/hsm",
      "InvalidResourceType",
      "The resource type 'managedHSMs' could not be found in the namespace 'Microsoft.KeyVault' for api version '2026-02-01'. The local Azure ML serves ",
    ],
    [
      "Microsoft.KeyVault/vaults/v/keys/k",
      "InvalidResourceType",
      "The resource type 'vaults/keys' could not be found in the namespace 'Microsoft.KeyVault' for api version '2026-02-01'. The local Azure ML serves ",
    ],
  ])("%s is refused by name, and nothing is kept", async (path, code, message) => {
    const full = `resourceGroups/unserved/providers/${path}`;
    const { status, body } = await azure.arm("PUT", full, { location: LOCATION, properties: {} });
    expect({ status, code: textAt(body, "error.code") }).toEqual({ status: 404, code });
    expect(textAt(body, "error.message").startsWith(message)).toBe(true);
    expect(await azure.arm("GET", full)).toMatchObject(error(404, code));
  });
});
