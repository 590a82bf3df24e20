import { GROUP } from "./resourceType";
import type { ResourceType, Rows } from "./resourceType";

const ML = `${GROUP}/providers/Microsoft.MachineLearningServices`;
const WORKSPACE = `${ML}/workspaces/{workspaceName}`;
const REGISTRY = `${ML}/registries/{registryName}`;
const apiVersion = "2025-12-01";

/** A type whose `properties` is an argument. */
const row = (path: string, nameArgument: string, others: Partial<ResourceType> = {}): ResourceType => ({
  path,
  apiVersion,
  nameArgument,
  ...others,
});
const regional = { hasLocation: true };

export const MACHINE_LEARNING: Rows = {
  "machinelearningservices:Workspace": row(WORKSPACE, "workspaceName", {
    ...regional,
    envelope: ["location", "tags", "sku", "kind", "identity"],
  }),
  "machinelearningservices:ManagedNetworkSettingsRule": row(`${WORKSPACE}/outboundRules/{ruleName}`, "ruleName", {
    written: ["type"],
  }),
  "machinelearningservices:Compute": row(`${WORKSPACE}/computes/{computeName}`, "computeName", regional),
  "machinelearningservices:Datastore": row(`${WORKSPACE}/datastores/{name}`, "name"),
  "machinelearningservices:CodeContainer": row(`${WORKSPACE}/codes/{name}`, "name"),
  "machinelearningservices:CodeVersion": row(`${WORKSPACE}/codes/{name}/versions/{version}`, "version"),
  "machinelearningservices:EnvironmentContainer": row(`${WORKSPACE}/environments/{name}`, "name"),
  "machinelearningservices:EnvironmentVersion": row(`${WORKSPACE}/environments/{name}/versions/{version}`, "version"),
  "machinelearningservices:ModelContainer": row(`${WORKSPACE}/models/{name}`, "name"),
  "machinelearningservices:ModelVersion": row(`${WORKSPACE}/models/{name}/versions/{version}`, "version"),
  "machinelearningservices:OnlineEndpoint": row(`${WORKSPACE}/onlineEndpoints/{endpointName}`, "endpointName", {
    ...regional,
    replacing: ["properties.keys"],
  }),
  "machinelearningservices:OnlineDeployment": row(
    `${WORKSPACE}/onlineEndpoints/{endpointName}/deployments/{deploymentName}`,
    "deploymentName",
    regional,
  ),
  "machinelearningservices:RegistryModelContainer": row(`${REGISTRY}/models/{modelName}`, "modelName"),
  "machinelearningservices:RegistryModelVersion": row(`${REGISTRY}/models/{modelName}/versions/{version}`, "version"),
};
