import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { OnlineEndpoint } from "@azure/arm-machinelearning";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXPECTED_ANSWERS, SAMPLE_REQUEST } from "../../driver/heartWorkspace";
import { TestAzure } from "../support/localAzure";
import type { Answer } from "../support/localAzure";
import { microsoftClients } from "../support/microsoftClients";
import type { MicrosoftClients } from "../support/microsoftClients";
import {
  ACCOUNT,
  CONTAINER,
  ENDPOINT,
  GROUP,
  LOCATION,
  MODEL,
  TEMPLATE_DEPLOYMENT,
  WORKSPACE,
} from "../../apiSpec/clientBodies";
import { datastoreBody, deploymentBody, endpointBody, modelUri } from "../../apiSpec/clientBodies";
import { trafficDeployment, workspaceBody, workspaceParts } from "../../apiSpec/clientBodies";

const MODELS = join(__dirname, "../../examples/heart-classifier/models");
const AT = [GROUP, WORKSPACE, ENDPOINT] as const;
/** The longest operation, ten minutes, takes six milliseconds. */
const SPEED = 100_000;
const POLL = { updateIntervalInMs: 5 };

let azure: TestAzure;
let clients: MicrosoftClients;
let subscription: string;

// The tests are the steps of one rollout: each goes on where the one before ended.
describe.each([
  ["its own API version", undefined],
  ["API version 2024-04-01", "2024-04-01"],
])("Microsoft's clients, the one of Azure ML with %s, roll a model out", (_, mlVersion) => {
  beforeAll(async () => {
    azure = await TestAzure.start();
    await azure.clock({ speed: SPEED });
    clients = microsoftClients(azure.azure, mlVersion);
    subscription = `/subscriptions/${azure.azure.subscriptionId}`;
  });
  afterAll(() => azure.close());

  test("a resource group with what a workspace needs", async () => {
    const { resources, resourceGroups } = clients.resources;
    expect(await resourceGroups.checkExistence(GROUP)).toEqual({ body: false });
    await resourceGroups.createOrUpdate(GROUP, { location: LOCATION, tags: { purpose: "test" } });
    expect(await resourceGroups.checkExistence(GROUP)).toEqual({ body: true });
    for (const [path, version, body] of workspaceParts(azure.azure.tenantId)) {
      const id = `${subscription}/${path}`;
      expect(await resources.beginCreateOrUpdateByIdAndWait(id, version, body, POLL)).toMatchObject({ id });
    }
  });

  test("a workspace with its own datastores", async () => {
    const { workspaces, datastores } = clients.ml;
    const made = await workspaces.beginCreateOrUpdateAndWait(GROUP, WORKSPACE, workspaceBody(subscription), POLL);
    expect(made.provisioningState).toBe("Succeeded");
    expect(await namesOf(datastores.list(GROUP, WORKSPACE))).toEqual(["workspaceblobstore", "workspaceartifactstore"]);
  });

  test("the model folders, as blobs in a datastore of their own", async () => {
    const secrets = await clients.ml.datastores.listSecrets(GROUP, WORKSPACE, "workspaceblobstore");
    const key = "key" in secrets ? (secrets.key ?? "") : "";
    const container = clients.blobs(ACCOUNT, key).getContainerClient(CONTAINER);
    await container.create();
    for (const model of ["blue", "green"]) {
      for (const file of readdirSync(join(MODELS, model))) {
        await container.getBlockBlobClient(`${model}/${file}`).uploadFile(join(MODELS, model, file));
      }
    }
    const { properties } = await clients.ml.datastores.createOrUpdate(GROUP, WORKSPACE, "models", datastoreBody(key));
    expect(properties).toMatchObject({ datastoreType: "AzureBlob", containerName: CONTAINER });
  });

  test.each([
    ["1", "blue"],
    ["2", "green"],
  ])("version %s of the model, from folder %s", async (version, folder) => {
    const uri = modelUri(subscription, "models", folder);
    const body = { properties: { modelType: "mlflow_model", modelUri: uri } };
    const made = await clients.ml.modelVersions.createOrUpdate(GROUP, WORKSPACE, MODEL, version, body);
    expect(made).toMatchObject({ name: version, properties: { modelUri: uri } });
    const { properties } = await clients.ml.modelContainers.get(GROUP, WORKSPACE, MODEL);
    expect(properties.latestVersion).toBe(version);
  });

  test("an endpoint that nothing serves yet", async () => {
    const { properties } = await putEndpoint({});
    expect(properties).toMatchObject({ provisioningState: "Succeeded", traffic: {}, authMode: "Key" });
    expect(await score()).toMatchObject({ status: 404 });
  });

  test.each([
    ["blue", "1"],
    ["green", "2"],
  ] as const)("deployment %s of version %s, without traffic", async (name, version) => {
    const body = deploymentBody(subscription, version);
    const { properties } = await clients.ml.onlineDeployments.beginCreateOrUpdateAndWait(...AT, name, body, POLL);
    expect(properties).toMatchObject({ endpointComputeType: "Managed", provisioningState: "Succeeded" });
    expect(await score(name)).toMatchObject({ status: 200, body: EXPECTED_ANSWERS[name] });
    expect(await score()).toMatchObject({ status: 404 });
  });

  test.each([
    [{ blue: 100, green: 0 }, ["blue"]],
    [{ blue: 90, green: 10 }, ["blue", "green"]],
    [{ blue: 0, green: 100 }, ["green"]],
  ])("traffic %o", async (traffic, serving) => {
    const { properties } = await putEndpoint(traffic);
    expect(properties.traffic).toEqual(traffic);
    for (const { status, headers } of [await score(), await score(), await score()]) {
      expect(status).toBe(200);
      expect(serving).toContain(headers["azureml-model-deployment"]);
    }
  });

  test("keys that can be replaced", async () => {
    const before = await clients.ml.onlineEndpoints.listKeys(...AT);
    await clients.ml.onlineEndpoints.beginRegenerateKeysAndWait(...AT, { keyType: "Primary" }, POLL);
    const after = await clients.ml.onlineEndpoints.listKeys(...AT);
    expect(after.primaryKey).not.toBe(before.primaryKey);
    expect(after.secondaryKey).toBe(before.secondaryKey);
    expect(await score()).toMatchObject({ status: 200 });
  });

  test("more instances, and tags", async () => {
    const body = { sku: { name: "Default", capacity: 2 }, tags: { scaled: "yes" } };
    const deployment = await clients.ml.onlineDeployments.beginUpdateAndWait(...AT, "green", body, POLL);
    expect(deployment).toMatchObject({ name: "green", sku: { capacity: 2 }, tags: { scaled: "yes" } });
  });

  test("the log of a deployment", async () => {
    const { content } = await clients.ml.onlineDeployments.getLogs(...AT, "green", { tail: 10 });
    expect(content).toContain("model loaded from azureml://");
  });

  test("a template deployment that takes the weights back, and one that takes them forth", async () => {
    const id = `${subscription}/${TEMPLATE_DEPLOYMENT}`;
    for (const traffic of [{ green: 90, blue: 10 }, { green: 100 }]) {
      const body = trafficDeployment(traffic);
      const { resources } = clients.resources;
      const deployed = await resources.beginCreateOrUpdateByIdAndWait(id, "2024-03-01", body, POLL);
      expect(deployed.properties).toMatchObject({ provisioningState: "Succeeded" });
      const { properties } = await clients.ml.onlineEndpoints.get(...AT);
      expect(properties.traffic).toEqual(traffic);
    }
  });

  test("what Azure refuses is an error with its code", async () => {
    const { onlineDeployments, onlineEndpoints } = clients.ml;
    await expect(putEndpoint({ green: 90 })).rejects.toMatchObject({ statusCode: 400, code: "BadRequest" });
    await expect(onlineDeployments.beginDeleteAndWait(...AT, "green", POLL)).rejects.toMatchObject({ statusCode: 400 });
    await expect(onlineEndpoints.get(GROUP, WORKSPACE, "absent")).rejects.toMatchObject({ statusCode: 404 });
  });

  test("the old deployment leaves", async () => {
    await clients.ml.onlineDeployments.beginDeleteAndWait(...AT, "blue", POLL);
    expect(await namesOf(clients.ml.onlineDeployments.list(...AT))).toEqual(["green"]);
    expect(await score()).toMatchObject({ status: 200, body: EXPECTED_ANSWERS.green });
  });

  test("everything is deleted", async () => {
    const { onlineEndpoints, modelVersions, modelContainers, datastores, workspaces } = clients.ml;
    await onlineEndpoints.beginDeleteAndWait(...AT, POLL);
    for (const version of ["1", "2"]) await modelVersions.delete(GROUP, WORKSPACE, MODEL, version);
    await modelContainers.delete(GROUP, WORKSPACE, MODEL);
    await datastores.delete(GROUP, WORKSPACE, "models");
    await workspaces.beginDeleteAndWait(GROUP, WORKSPACE, POLL);
    await clients.resources.resourceGroups.beginDeleteAndWait(GROUP, POLL);
    expect(await clients.resources.resourceGroups.checkExistence(GROUP)).toEqual({ body: false });
  });
});

function putEndpoint(traffic: Record<string, number>): Promise<OnlineEndpoint> {
  return clients.ml.onlineEndpoints.beginCreateOrUpdateAndWait(...AT, endpointBody(traffic), POLL);
}

/** Scores the sample request with the endpoint's key, by weight or at one deployment. */
async function score(deployment?: string): Promise<Answer> {
  const { primaryKey = "" } = await clients.ml.onlineEndpoints.listKeys(...AT);
  const { properties } = await clients.ml.onlineEndpoints.get(...AT);
  const headers = {
    authorization: `Bearer ${primaryKey}`,
    "content-type": "application/json",
    ...(deployment !== undefined && { "azureml-model-deployment": deployment }),
  };
  return azure.send("POST", properties.scoringUri ?? "", { headers, body: SAMPLE_REQUEST });
}

async function namesOf(list: AsyncIterable<{ readonly name?: string }>): Promise<readonly unknown[]> {
  const names: unknown[] = [];
  for await (const { name } of list) names.push(name);
  return names;
}
