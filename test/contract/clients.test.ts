import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import type { OnlineDeployment, OnlineEndpoint } from "@azure/arm-machinelearning";
import { ResourceManagementClient } from "@azure/arm-resources";
import type { GenericResource } from "@azure/arm-resources";
import { ClientSecretCredential } from "@azure/identity";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestAzure } from "../support/localAzure";

const GROUP = "rg-clients";
const LOCATION = "westeurope";
const WORKSPACE = "mlw-clients";
const ENDPOINT = "heart-clients";
const MODEL = "heart-classifier";
const DATASTORE = "models";
const CONTAINER = "heart-models";
const EXAMPLE = join(__dirname, "../../examples/heart-classifier");
const SAMPLE = readFileSync(join(EXAMPLE, "sample-request.json"), "utf8");
const ANSWERS = JSON.parse(readFileSync(join(EXAMPLE, "expected-answers.json"), "utf8")) as Record<string, unknown>;
/** The longest operation, ten minutes, takes six milliseconds. */
const SPEED = 100_000;
const POLL = { updateIntervalInMs: 5 };

let azure: TestAzure;
let resources: ResourceManagementClient;
let ml: AzureMachineLearningWorkspaces;
let tlsOptions: { readonly ca: Buffer };

beforeAll(async () => {
  azure = await TestAzure.start();
  await azure.clock({ speed: SPEED });
  const { url, ca, tenantId, clientId, clientSecret, subscriptionId } = azure.azure;
  tlsOptions = { ca: readFileSync(ca) };
  const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, {
    authorityHost: url,
    disableInstanceDiscovery: true,
    tlsOptions,
  });
  const options = { endpoint: url, credentialScopes: `${url}/.default`, tlsOptions };
  resources = new ResourceManagementClient(credential, subscriptionId, options);
  ml = new AzureMachineLearningWorkspaces(credential, subscriptionId, options);
});
afterAll(() => azure.close());

const idOf = (path: string): string =>
  `/subscriptions/${azure.azure.subscriptionId}/resourceGroups/${GROUP}/providers/${path}`;
const workspaceId = (): string => idOf(`Microsoft.MachineLearningServices/workspaces/${WORKSPACE}`);
const createResource = (path: string, apiVersion: string, body: GenericResource): Promise<GenericResource> =>
  resources.resources.beginCreateOrUpdateByIdAndWait(idOf(path), apiVersion, { location: LOCATION, ...body }, POLL);

describe("Microsoft's clients, unmodified, roll a model out", () => {
  test("a resource group with what a workspace needs", async () => {
    expect(await resources.resourceGroups.checkExistence(GROUP)).toEqual({ body: false });
    await resources.resourceGroups.createOrUpdate(GROUP, { location: LOCATION, tags: { purpose: "test" } });
    expect(await resources.resourceGroups.checkExistence(GROUP)).toEqual({ body: true });
    const { tenantId } = azure.azure;
    const made = [
      await createResource("Microsoft.Storage/storageAccounts/stclients", "2023-05-01", {
        kind: "StorageV2",
        sku: { name: "Standard_LRS" },
      }),
      await createResource("Microsoft.KeyVault/vaults/kv-clients", "2023-07-01", {
        properties: { tenantId, sku: { family: "A", name: "standard" }, accessPolicies: [] },
      }),
      await createResource("Microsoft.Insights/components/appi-clients", "2020-02-02", {
        kind: "web",
        properties: { Application_Type: "web" },
      }),
    ];
    expect(made.map(({ name }) => name)).toEqual(["stclients", "kv-clients", "appi-clients"]);
  });

  test("a workspace with its own datastores", async () => {
    const { provisioningState } = await ml.workspaces.beginCreateOrUpdateAndWait(
      GROUP,
      WORKSPACE,
      {
        location: LOCATION,
        identity: { type: "SystemAssigned" },
        storageAccount: idOf("Microsoft.Storage/storageAccounts/stclients"),
        keyVault: idOf("Microsoft.KeyVault/vaults/kv-clients"),
        applicationInsights: idOf("Microsoft.Insights/components/appi-clients"),
      },
      POLL,
    );
    expect(provisioningState).toBe("Succeeded");
    const names: unknown[] = [];
    for await (const { name } of ml.datastores.list(GROUP, WORKSPACE)) names.push(name);
    expect(names).toEqual(["workspaceblobstore", "workspaceartifactstore"]);
  });

  test("the model folders, as blobs in a datastore of their own", async () => {
    const secrets = await ml.datastores.listSecrets(GROUP, WORKSPACE, "workspaceblobstore");
    const key = "key" in secrets ? (secrets.key ?? "") : "";
    // The pipeline below the client takes `tlsOptions`; the client's own type does not name them.
    const options = { tlsOptions, retryOptions: { maxTries: 1 } };
    const credential = new StorageSharedKeyCredential("stclients", key);
    const service = new BlobServiceClient(`${azure.azure.url}/blob/stclients`, credential, options);
    const container = service.getContainerClient(CONTAINER);
    await container.create();
    for (const model of ["blue", "green"]) {
      for (const file of readdirSync(join(EXAMPLE, "models", model))) {
        await container.getBlockBlobClient(`${model}/${file}`).uploadFile(join(EXAMPLE, "models", model, file));
      }
    }
    const { properties } = await ml.datastores.createOrUpdate(GROUP, WORKSPACE, DATASTORE, {
      properties: {
        datastoreType: "AzureBlob",
        accountName: "stclients",
        containerName: CONTAINER,
        credentials: { credentialsType: "AccountKey", secrets: { secretsType: "AccountKey", key } },
      },
    });
    expect(properties).toMatchObject({ datastoreType: "AzureBlob", containerName: CONTAINER });
  });

  test.each([
    ["1", "blue"],
    ["2", "green"],
  ])("version %s of the model, from folder %s", async (version, folder) => {
    const modelUri = `azureml:/${workspaceId()}/datastores/${DATASTORE}/paths/${folder}`;
    const body = { properties: { modelType: "mlflow_model", modelUri } };
    expect(await ml.modelVersions.createOrUpdate(GROUP, WORKSPACE, MODEL, version, body)).toMatchObject({
      name: version,
      properties: { modelUri },
    });
    const { properties } = await ml.modelContainers.get(GROUP, WORKSPACE, MODEL);
    expect(properties.latestVersion).toBe(version);
  });

  test("an endpoint that nothing serves yet", async () => {
    expect(await putEndpoint({})).toMatchObject({
      properties: { provisioningState: "Succeeded", traffic: {}, authMode: "Key" },
    });
    expect(await score()).toMatchObject({ status: 404 });
  });

  test.each([
    ["blue", "1"],
    ["green", "2"],
  ])("deployment %s of version %s, without traffic", async (name, version) => {
    const deployment = await ml.onlineDeployments.beginCreateOrUpdateAndWait(
      GROUP,
      WORKSPACE,
      ENDPOINT,
      name,
      deploymentOf(version),
      POLL,
    );
    expect(deployment.properties).toMatchObject({
      endpointComputeType: "Managed",
      provisioningState: "Succeeded",
    });
    expect(await score(name)).toMatchObject({ status: 200, body: ANSWERS[name] });
    expect(await score()).toMatchObject({ status: 404 });
  });

  test.each([
    [{ blue: 100, green: 0 }, ["blue"]],
    [{ blue: 90, green: 10 }, ["blue", "green"]],
    [{ blue: 0, green: 100 }, ["green"]],
  ])("traffic %o", async (traffic, serving) => {
    const { properties } = await putEndpoint(traffic);
    expect(properties.traffic).toEqual(traffic);
    const answers = await Promise.all([score(), score(), score()]);
    for (const { status, headers } of answers) {
      expect(status).toBe(200);
      expect(serving).toContain(headers["azureml-model-deployment"]);
    }
  });

  test("keys that can be replaced", async () => {
    const before = await ml.onlineEndpoints.listKeys(GROUP, WORKSPACE, ENDPOINT);
    await ml.onlineEndpoints.beginRegenerateKeysAndWait(GROUP, WORKSPACE, ENDPOINT, { keyType: "Primary" }, POLL);
    const after = await ml.onlineEndpoints.listKeys(GROUP, WORKSPACE, ENDPOINT);
    expect(after.primaryKey).not.toBe(before.primaryKey);
    expect(after.secondaryKey).toBe(before.secondaryKey);
    expect(await score()).toMatchObject({ status: 200 });
  });

  test("more instances, and tags", async () => {
    const body = { sku: { name: "Default", capacity: 2 }, tags: { scaled: "yes" } };
    const deployment = await ml.onlineDeployments.beginUpdateAndWait(GROUP, WORKSPACE, ENDPOINT, "green", body, POLL);
    expect(deployment).toMatchObject({ sku: { capacity: 2 }, tags: { scaled: "yes" } });
  });

  test("the log of a deployment", async () => {
    const { content } = await ml.onlineDeployments.getLogs(GROUP, WORKSPACE, ENDPOINT, "green", { tail: 10 });
    expect(content).toContain("model loaded from azureml://");
  });

  test("a template deployment that takes the weights back, and the same one forth", async () => {
    for (const traffic of [{ green: 90, blue: 10 }, { green: 100 }]) {
      const deployed = await resources.resources.beginCreateOrUpdateByIdAndWait(
        idOf("Microsoft.Resources/deployments/traffic"),
        "2024-03-01",
        {
          properties: { mode: "Incremental", template: trafficTemplate(), parameters: { traffic: { value: traffic } } },
        },
        POLL,
      );
      expect(deployed.properties).toMatchObject({ provisioningState: "Succeeded" });
      const { properties } = await ml.onlineEndpoints.get(GROUP, WORKSPACE, ENDPOINT);
      expect(properties.traffic).toEqual(traffic);
    }
  });

  test("the old deployment leaves", async () => {
    await ml.onlineDeployments.beginDeleteAndWait(GROUP, WORKSPACE, ENDPOINT, "blue", POLL);
    const names: unknown[] = [];
    for await (const { name } of ml.onlineDeployments.list(GROUP, WORKSPACE, ENDPOINT)) names.push(name);
    expect(names).toEqual(["green"]);
    expect(await score()).toMatchObject({ status: 200, body: ANSWERS["green"] });
  });

  test("what Azure refuses is an error with its code", async () => {
    await expect(putEndpoint({ green: 90 })).rejects.toMatchObject({ statusCode: 400, code: "BadRequest" });
    await expect(
      ml.onlineDeployments.beginDeleteAndWait(GROUP, WORKSPACE, ENDPOINT, "green", POLL),
    ).rejects.toMatchObject({ statusCode: 400 });
    await expect(ml.onlineEndpoints.get(GROUP, WORKSPACE, "absent")).rejects.toMatchObject({ statusCode: 404 });
  });

  test("everything is deleted", async () => {
    await ml.onlineEndpoints.beginDeleteAndWait(GROUP, WORKSPACE, ENDPOINT, POLL);
    for (const version of ["1", "2"]) await ml.modelVersions.delete(GROUP, WORKSPACE, MODEL, version);
    await ml.modelContainers.delete(GROUP, WORKSPACE, MODEL);
    await ml.datastores.delete(GROUP, WORKSPACE, DATASTORE);
    await ml.workspaces.beginDeleteAndWait(GROUP, WORKSPACE, POLL);
    await resources.resourceGroups.beginDeleteAndWait(GROUP, POLL);
    expect(await resources.resourceGroups.checkExistence(GROUP)).toEqual({ body: false });
  });
});

function endpointOf(traffic: Record<string, number>): OnlineEndpoint {
  return { location: LOCATION, identity: { type: "SystemAssigned" }, properties: { authMode: "Key", traffic } };
}

function putEndpoint(traffic: Record<string, number>): Promise<OnlineEndpoint> {
  return ml.onlineEndpoints.beginCreateOrUpdateAndWait(GROUP, WORKSPACE, ENDPOINT, endpointOf(traffic), POLL);
}

function deploymentOf(version: string): OnlineDeployment {
  return {
    location: LOCATION,
    sku: { name: "Default", capacity: 1 },
    properties: {
      endpointComputeType: "Managed",
      instanceType: "Standard_DS2_v2",
      model: `${workspaceId()}/models/${MODEL}/versions/${version}`,
    },
  };
}

function trafficTemplate(): object {
  const { location, identity, properties } = endpointOf({});
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: { traffic: { type: "object" } },
    resources: [
      {
        type: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
        apiVersion: "2024-04-01",
        name: `${WORKSPACE}/${ENDPOINT}`,
        location,
        identity,
        properties: { ...properties, traffic: "[parameters('traffic')]" },
      },
    ],
  };
}

/** Scores the sample request with the endpoint's key, by weight or at one deployment. */
async function score(deployment?: string): Promise<Awaited<ReturnType<TestAzure["send"]>>> {
  const { primaryKey = "" } = await ml.onlineEndpoints.listKeys(GROUP, WORKSPACE, ENDPOINT);
  const { properties } = await ml.onlineEndpoints.get(GROUP, WORKSPACE, ENDPOINT);
  const headers = {
    authorization: `Bearer ${primaryKey}`,
    "content-type": "application/json",
    ...(deployment !== undefined && { "azureml-model-deployment": deployment }),
  };
  return azure.send("POST", properties.scoringUri ?? "", { headers, body: SAMPLE });
}
