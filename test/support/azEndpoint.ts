import type { AzureClient } from "../../driver/azureClient";
import { ENDPOINT, LOCATION, createWorkspace, deploymentBody, registerModel } from "../../driver/heartWorkspace";

const PROBE = { failureThreshold: 30, initialDelay: "PT10S", period: "PT10S", successThreshold: 1, timeout: "PT2S" };

/** What `az ml online-deployment create` writes beside the model. */
const AZ_DEPLOYMENT = {
  appInsightsEnabled: false,
  egressPublicNetworkAccess: "Enabled",
  environmentVariables: {
    AML_APP_ROOT: "/var/azureml-app",
    AZUREML_MODEL_DIR: "/var/azureml-app/azureml-models",
    MODE: "fast",
  },
  livenessProbe: PROBE,
  readinessProbe: PROBE,
  requestSettings: { maxConcurrentRequestsPerInstance: 2, maxQueueWait: "PT0.5S", requestTimeout: "PT5S" },
  scaleSettings: { scaleType: "Default" },
};

export interface AzTraffic {
  readonly traffic: Readonly<Record<string, number>>;
  readonly mirrorTraffic?: Readonly<Record<string, number>>;
}

/** An endpoint as `az` makes it: `blue` with version 1, `green` with version 2, then their weights. */
export async function createAzEndpoint(azure: AzureClient, weights: AzTraffic): Promise<void> {
  await createWorkspace(azure);
  await registerModel(azure, "1", "blue");
  await registerModel(azure, "2", "green");
  await azure.operate("PUT", ENDPOINT, endpoint({}));
  await azure.operate("PUT", `${ENDPOINT}/deployments/blue`, deploymentBody(azure, "1", AZ_DEPLOYMENT));
  await azure.operate("PUT", `${ENDPOINT}/deployments/green`, deploymentBody(azure, "2", AZ_DEPLOYMENT));
  await azure.operate("PUT", ENDPOINT, endpoint(weights));
}

function endpoint(weights: object): object {
  return {
    location: LOCATION,
    kind: "Managed",
    identity: { type: "SystemAssigned" },
    tags: { team: "cardiology" },
    properties: { authMode: "Key", publicNetworkAccess: "Enabled", ...weights },
  };
}
