import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorkspace, armIdOf, modelBody, WORKSPACE } from "../../../../driver/heartWorkspace";
import { TestAzure, valueAt } from "../../../support/localAzure";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
});
afterAll(() => azure.close());

const MODEL = `${WORKSPACE}/models/heart-classifier`;
const version = (number: string, model = MODEL): string => `${model}/versions/${number}`;
const detail = (message: string) => ({ status: 400, body: { error: { details: [{ message }] } } });

describe("a datastore", () => {
  const PATH = `${WORKSPACE}/datastores/models`;
  const body = (secrets: object | undefined) => ({
    properties: {
      datastoreType: "AzureBlob",
      accountName: "heartstorage",
      containerName: "models",
      credentials: { credentialsType: "AccountKey", ...(secrets && { secrets }) },
    },
  });
  const secrets = { secretsType: "AccountKey", key: "c2VjcmV0LWtleQ==" };

  test("is created and updated at once, and tells its key only to those who ask for secrets", async () => {
    const created = await azure.arm("PUT", PATH, body(secrets));
    expect(created).toMatchObject({ status: 201, body: { name: "models", properties: { isDefault: false } } });
    const answers = [created, await azure.arm("PUT", PATH, body(secrets)), await azure.arm("GET", PATH)];
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200]);
    expect(JSON.stringify(answers)).not.toContain(secrets.key);
    expect(await azure.arm("POST", `${PATH}/listSecrets`)).toMatchObject({ status: 200, body: secrets });
  });

  test("is listed beside those of the workspace, one of which is the default", async () => {
    const { body: all } = await azure.arm("GET", `${WORKSPACE}/datastores`);
    expect(valueAt(all, "value")).toMatchObject([
      { name: "workspaceblobstore" },
      { name: "workspaceartifactstore" },
      { name: "models" },
    ]);
    const { body: defaults } = await azure.arm("GET", `${WORKSPACE}/datastores?isDefault=true`);
    expect(valueAt(defaults, "value")).toMatchObject([{ name: "workspaceblobstore" }]);
  });

  test("is deleted with 200, and with 204 when it is not there", async () => {
    expect((await azure.arm("DELETE", PATH)).status).toBe(200);
    expect((await azure.arm("DELETE", PATH)).status).toBe(204);
  });

  test.each([
    [
      "without a type and credentials",
      "one",
      { properties: {} },
      "The request is invalid: properties.credentials is missing; properties.datastoreType is missing.",
    ],
    [
      "with a name that begins with a dash",
      "-one",
      body({ secretsType: "AccountKey", key: "a2V5" }),
      "'-one' is not a valid datastore name.",
    ],
  ])("is refused %s", async (_, name, given, message) => {
    expect(await azure.arm("PUT", `${WORKSPACE}/datastores/${name}`, given)).toMatchObject({
      status: 400,
      body: { error: { message } },
    });
  });
});

describe("a model", () => {
  test("knows its latest and its next version", async () => {
    const empty = await azure.arm("PUT", `${WORKSPACE}/models/counted`, { properties: { description: "counts" } });
    expect(empty).toMatchObject({ status: 201, body: { properties: { latestVersion: null, nextVersion: "1" } } });
    for (const number of ["9", "10"]) {
      await azure.arm("PUT", version(number, `${WORKSPACE}/models/counted`), modelBody(azure, number));
    }
    expect(await azure.arm("GET", `${WORKSPACE}/models/counted`)).toMatchObject({
      body: { properties: { latestVersion: "10", nextVersion: "11", description: "counts" } },
    });
  });

  test("is made by its first version, as the SDKs rely on", async () => {
    expect(await azure.arm("PUT", version("1"), modelBody(azure, "1"))).toMatchObject({ status: 201 });
    expect(await azure.arm("GET", MODEL)).toMatchObject({ body: { properties: { latestVersion: "1" } } });
  });

  test("needs a workspace", async () => {
    const path = version("1").replace("workspaces/heart", "workspaces/none");
    expect(await azure.arm("PUT", path, modelBody(azure, "1"))).toMatchObject({
      status: 404,
      body: { error: { code: "ParentResourceNotFound" } },
    });
  });
});

describe("a model version", () => {
  beforeAll(() => azure.arm("PUT", version("2"), modelBody(azure, "2")));

  test("is complete at once", async () => {
    expect(await azure.arm("GET", version("2"))).toMatchObject({
      status: 200,
      body: {
        id: armIdOf(azure, version("2")),
        name: "2",
        properties: { modelType: "mlflow_model", isArchived: false, provisioningState: "Succeeded" },
      },
    });
  });

  test("never points at other content", async () => {
    expect(await azure.arm("PUT", version("2"), modelBody(azure, "3"))).toMatchObject({
      status: 400,
      body: { error: { code: "UserError", message: "Asset paths cannot be updated." } },
    });
    expect(await azure.arm("GET", version("2"))).toMatchObject({ body: modelBody(azure, "2") });
  });

  test("may change its description, tags and archive flag", async () => {
    const { properties } = modelBody(azure, "2") as { properties: object };
    const changed = { properties: { ...properties, description: "second", tags: { a: "b" }, isArchived: true } };
    expect(await azure.arm("PUT", version("2"), changed)).toMatchObject({ status: 200, body: changed });
  });

  test.each(["latest", "1.0", "01", "0", "-1"])("is not numbered %s", async (number) => {
    expect(await azure.arm("PUT", version(number), modelBody(azure, "1"))).toMatchObject(
      detail(`Version '${number}' is not a positive integer.`),
    );
  });

  test("needs a place where the model is", async () => {
    expect(await azure.arm("PUT", version("4"), { properties: { modelType: "mlflow_model" } })).toMatchObject({
      status: 400,
      body: { error: { message: "Required properties are missing: properties.modelUri." } },
    });
  });

  test("is listed, and deleted with 200, then 204", async () => {
    const { body } = await azure.arm("GET", `${MODEL}/versions?listViewType=All`);
    expect(valueAt(body, "value")).toMatchObject([{ name: "1" }, { name: "2" }]);
    expect((await azure.arm("DELETE", version("2"))).status).toBe(200);
    expect((await azure.arm("DELETE", version("2"))).status).toBe(204);
  });
});
