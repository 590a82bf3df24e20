import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createWorkspace,
  deploymentBody,
  ENDPOINT,
  endpointBody,
  GROUP,
  armIdOf,
  LOCATION,
  registerModel,
  WORKSPACE,
} from "../../../../driver/heartWorkspace";
import { TestAzure, valueAt } from "../../../support/localAzure";

const REGISTRY = `${GROUP}/providers/Microsoft.MachineLearningServices/registries/shared`;
let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
  await registerModel(azure, "1", "blue");
  await azure.operate("PUT", ENDPOINT, endpointBody());
});
afterAll(() => azure.close());

const refused = (message: string) => ({ status: 400, body: { error: { details: [{ message }] } } });

describe.each([
  ["codes", { codeUri: "https://heartstorage.blob.core.windows.net/code/1" }, {}],
  ["environments", { image: "mcr.microsoft.com/x:1", condaFile: "name: x" }, { osType: "Linux" }],
])("%s", (path, properties, answered) => {
  const container = `${WORKSPACE}/${path}/scoring`;

  test("come with their container, are listed, archived and deleted", async () => {
    const version = `${container}/versions/1`;
    expect(await azure.arm("PUT", version, { properties })).toMatchObject({
      status: 201,
      body: {
        id: armIdOf(azure, version),
        name: "1",
        properties: { ...properties, ...answered, isArchived: false, provisioningState: "Succeeded" },
      },
    });
    expect(await azure.arm("GET", container)).toMatchObject({ body: { properties: { latestVersion: "1" } } });
    expect(await azure.arm("PUT", version, { properties: { ...properties, isArchived: true } })).toMatchObject({
      status: 200,
      body: { properties: { isArchived: true } },
    });
    expect((await azure.arm("GET", `${container}/versions?listViewType=All`)).body).toMatchObject({
      value: [{ name: "1" }],
    });
    expect((await azure.arm("DELETE", version)).status).toBe(200);
    expect((await azure.arm("GET", version)).status).toBe(404);
  });
});

test("the code of a version stays what it is, and is required", async () => {
  const version = `${WORKSPACE}/codes/fixed/versions/1`;
  await azure.arm("PUT", version, { properties: { codeUri: "https://x/1" } });
  expect(await azure.arm("PUT", version, { properties: { codeUri: "https://x/2" } })).toMatchObject({
    status: 400,
    body: { error: { message: "Asset paths cannot be updated." } },
  });
  expect(await azure.arm("PUT", `${WORKSPACE}/codes/fixed/versions/2`, { properties: {} })).toMatchObject({
    body: { error: { message: "Required properties are missing: properties.codeUri." } },
  });
});

describe("a deployment", () => {
  const deployment = `${ENDPOINT}/deployments/blue`;
  const put = (properties: object) => azure.operate("PUT", deployment, deploymentBody(azure, "1", properties));

  test.each([
    [{ environmentId: "/no" }, "Environment '/no' was not found."],
    [{ codeConfiguration: { codeId: "/no", scoringScript: "score.py" } }, "Code '/no' was not found."],
    [
      { model: "azureml://registries/shared/models/heart-classifier/versions/9" },
      "Model 'azureml://registries/shared/models/heart-classifier/versions/9' was not found.",
    ],
  ])("with %j is refused", async (properties, message) => {
    expect(await put(properties)).toMatchObject(refused(message));
  });

  test("runs with an environment and a script that are registered", async () => {
    const [environmentId, codeId] = ["environments", "codes"].map((path) =>
      armIdOf(azure, `${WORKSPACE}/${path}/own/versions/1`),
    );
    await azure.arm("PUT", `${WORKSPACE}/environments/own/versions/1`, { properties: { image: "x" } });
    await azure.arm("PUT", `${WORKSPACE}/codes/own/versions/1`, { properties: { codeUri: "https://x/1" } });
    const codeConfiguration = { codeId, scoringScript: "score.py" };
    expect((await put({ environmentId, codeConfiguration })).body).toMatchObject({ status: "Succeeded" });
    expect(valueAt((await azure.arm("GET", deployment)).body, "properties")).toMatchObject({
      environmentId,
      codeConfiguration,
    });
  });

  test("runs a model of a registry", async () => {
    await azure.arm("PUT", REGISTRY, { location: LOCATION, identity: { type: "SystemAssigned" }, properties: {} });
    const { modelUri, modelType } = valueAt(
      (await azure.arm("GET", `${WORKSPACE}/models/heart-classifier/versions/1`)).body,
      "properties",
    ) as Record<string, string>;
    const shared = `${REGISTRY}/models/heart-classifier/versions/3`;
    expect(await azure.arm("PUT", shared, { properties: { modelUri, modelType } })).toMatchObject({ status: 201 });
    const model = "azureml://registries/shared/models/heart-classifier/versions/3";
    expect((await put({ model })).body).toMatchObject({ status: "Succeeded" });
    expect(await azure.arm("GET", deployment)).toMatchObject({
      body: { properties: { model, provisioningState: "Succeeded" } },
    });
  });
});
