import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  blobService,
  createWorkspaceParts,
  armIdOf,
  LOCATION,
  STORAGE,
  WORKSPACE,
  workspaceBody,
} from "../../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../../support/localAzure";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspaceParts(azure);
});
afterAll(() => azure.close());

const other = (name: string): string => WORKSPACE.replace(/heart$/, name);
const SOFT_DELETED = {
  status: 400,
  body: {
    error: {
      code: "BadRequest",
      message: "Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete",
    },
  },
};

describe("a new workspace", () => {
  test("is accepted with 202 and a place to ask, and is there when the operation ends", async () => {
    const accepted = await azure.arm("PUT", WORKSPACE, workspaceBody(azure));
    expect(accepted).toMatchObject({ status: 202, headers: { "retry-after": "1" } });
    const location = accepted.headers.location ?? "";
    expect(await azure.arm("GET", WORKSPACE)).toMatchObject({
      body: { properties: { provisioningState: "Creating" } },
    });
    expect(await azure.arm("GET", location)).toMatchObject({ status: 202, headers: { "retry-after": "1" } });
    expect(await azure.finish(accepted)).toMatchObject({
      status: 200,
      body: {
        name: "heart",
        location: LOCATION,
        identity: { type: "SystemAssigned", principalId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
        properties: {
          provisioningState: "Succeeded",
          storageAccount: armIdOf(azure, STORAGE),
          workspaceId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        },
      },
    });
  });

  test("comes with a default datastore in a container of its own", async () => {
    const workspace = await azure.arm("GET", WORKSPACE);
    const container = `azureml-blobstore-${textAt(workspace.body, "properties.workspaceId")}`;
    const { body } = await azure.arm("GET", `${WORKSPACE}/datastores?isDefault=true`);
    expect(valueAt(body, "value")).toMatchObject([
      {
        name: "workspaceblobstore",
        properties: { datastoreType: "AzureBlob", accountName: "heartstorage", containerName: container },
      },
    ]);
    expect(await (await blobService(azure)).getContainerClient(container).exists()).toBe(true);
  });

  test("whose datastores use the identity has no account key in them", async () => {
    const { properties, ...others } = workspaceBody(azure) as { properties: object };
    const byIdentity = { ...others, properties: { ...properties, systemDatastoresAuthMode: "identity" } };
    await azure.operate("PUT", other("identity"), byIdentity);
    const datastore = `${other("identity")}/datastores/workspaceblobstore`;
    expect(await azure.arm("GET", datastore)).toMatchObject({
      body: { properties: { credentials: { credentialsType: "None" } } },
    });
    const { body } = await azure.arm("POST", `${datastore}/listSecrets`);
    expect(valueAt(body, "key") ?? null).toBeNull();
  });

  test("keeps its id and identity when it is written again", async () => {
    const before = await azure.arm("GET", WORKSPACE);
    const body = { ...workspaceBody(azure), tags: { owner: "ml" } };
    const after = await azure.operate("PUT", WORKSPACE, body);
    expect(after.body).toMatchObject({ tags: { owner: "ml" } });
    for (const path of ["properties.workspaceId", "identity.principalId", "systemData.createdAt"]) {
      expect(textAt(after.body, path)).toBe(textAt(before.body, path));
    }
  });

  test("may have a friendly name", async () => {
    const { properties, ...envelope } = workspaceBody(azure) as { properties: object };
    const body = { ...envelope, properties: { ...properties, friendlyName: "Heart team" } };
    expect(await azure.operate("PUT", other("friendly"), body)).toMatchObject({
      body: { properties: { friendlyName: "Heart team" } },
    });
  });
});

describe("a workspace is refused", () => {
  test("without storage, key vault and insights, all named at once", async () => {
    expect(await azure.arm("PUT", other("bare"), { location: LOCATION, properties: {} })).toMatchObject({
      status: 400,
      body: {
        error: {
          message:
            "Required properties are missing: properties.storageAccount, properties.keyVault, properties.applicationInsights.",
        },
      },
    });
  });

  test("when what it names does not exist", async () => {
    const { properties, ...envelope } = workspaceBody(azure) as { properties: object };
    const body = { ...envelope, properties: { ...properties, keyVault: "/subscriptions/x", storageAccount: "none" } };
    expect(await azure.arm("PUT", other("lost"), body)).toMatchObject({
      status: 400,
      body: {
        error: {
          code: "ValidationError",
          message:
            "The workspace needs resources that do not exist: storageAccount 'none', keyVault '/subscriptions/x'.",
        },
      },
    });
  });

  test.each(["ab", "_heart", "a".repeat(34)])("with the name %s", async (name) => {
    expect(await azure.arm("PUT", other(name), workspaceBody(azure))).toMatchObject({
      status: 400,
      body: { error: { code: "InvalidResourceName" } },
    });
  });
});

describe("a deleted workspace", () => {
  test("is gone with all it contained, and its name stays taken until it is purged", async () => {
    const path = other("soft");
    await azure.operate("PUT", path, workspaceBody(azure));
    expect(await azure.operate("DELETE", path)).toMatchObject({ status: 200 });
    expect(await azure.arm("GET", path)).toMatchObject({ status: 404 });
    expect(await azure.arm("GET", `${path}/datastores/workspaceblobstore`)).toMatchObject({ status: 404 });
    expect(await azure.arm("PUT", path, workspaceBody(azure))).toMatchObject(SOFT_DELETED);
    expect(await azure.arm("DELETE", path)).toMatchObject({ status: 204 });
    expect(await azure.arm("PUT", path, workspaceBody(azure))).toMatchObject(SOFT_DELETED);
    expect(await azure.arm("DELETE", `${path}?forceToPurge=true`)).toMatchObject({ status: 204 });
    expect(await azure.arm("PUT", path, workspaceBody(azure))).toMatchObject({ status: 202 });
  });

  test("leaves its name free at once when the delete purges it", async () => {
    const path = other("purged");
    await azure.operate("PUT", path, workspaceBody(azure));
    await azure.operate("DELETE", `${path}?forceToPurge=true`);
    expect(await azure.arm("PUT", path, workspaceBody(azure))).toMatchObject({ status: 202 });
  });
});
