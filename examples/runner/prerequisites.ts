import type { AzureClient } from "../../driver/azureClient";
import {
  GROUP,
  LOCATION,
  WORKSPACE,
  createWorkspace,
  armIdOf,
  modelBody,
  registerModel,
} from "../../driver/heartWorkspace";
import type { Config } from "./example";

const REGISTRY = `${GROUP}/providers/Microsoft.MachineLearningServices/registries/shared`;
const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/spoke`;
const ZONES = ["privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"];
const CLUSTER = `${GROUP}/providers/Microsoft.ContainerService/managedClusters/heart`;
const COMPUTE = `${WORKSPACE}/computes/heart-aks`;
/** A group of Entra; there is no directory to look it up in. */
const CALLERS = "11111111-2222-4333-8444-555555555555";

/** The workspace of a platform team, a registry that has both models, and a virtual network with its DNS zones. */
export async function prepareHub(azure: AzureClient): Promise<Config> {
  await createWorkspaceWithModels(azure);
  await azure.arm("PUT", REGISTRY, { location: LOCATION, identity: { type: "SystemAssigned" }, properties: {} });
  for (const version of ["1", "2"]) {
    await azure.arm("PUT", `${REGISTRY}/models/heart-classifier/versions/${version}`, modelBody(azure, version));
  }
  const addressSpace = { addressPrefixes: ["10.0.0.0/16"] };
  await azure.operate("PUT", NETWORK, { location: LOCATION, properties: { addressSpace } });
  await azure.operate("PUT", `${NETWORK}/subnets/endpoints`, { properties: { addressPrefix: "10.0.1.0/24" } });
  const zones = ZONES.map((name) => `${GROUP}/providers/Microsoft.Network/privateDnsZones/${name}`);
  for (const zone of zones) await azure.operate("PUT", zone, { location: "global" });
  return {
    workspaceId: armIdOf(azure, WORKSPACE),
    subnetId: armIdOf(azure, `${NETWORK}/subnets/endpoints`),
    ...Object.fromEntries(zones.map((zone, index) => [`privateDnsZoneIds[${index}]`, armIdOf(azure, zone)])),
    callersGroupId: CALLERS,
  };
}

/** A workspace with both models, and a cluster that is attached to it. */
export async function prepareCluster(azure: AzureClient): Promise<Config> {
  await createWorkspaceWithModels(azure);
  await azure.operate("PUT", COMPUTE, {
    location: LOCATION,
    properties: { computeType: "Kubernetes", resourceId: armIdOf(azure, CLUSTER) },
  });
  return {
    resourceGroupName: "heart",
    workspaceName: "heart",
    computeId: armIdOf(azure, COMPUTE),
  };
}

async function createWorkspaceWithModels(azure: AzureClient): Promise<void> {
  await createWorkspace(azure);
  await registerModel(azure, "1", "blue");
  await registerModel(azure, "2", "green");
}
