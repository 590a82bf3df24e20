import { readEndpointId } from "../../cli/adoption/endpointId";
import type { Service } from "../../cli/adoption/service";
import type { Values } from "../../cli/stack/exportedStack";
import { ENDPOINT_ID, PROVIDER_STATE, SUBSCRIPTION } from "./exportedStack";

const WORKSPACE_ID = `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw`;

/** Id of a version of a model in the workspace. */
export function modelId(version: string, name = "heart"): string {
  return `${WORKSPACE_ID}/models/${name}/versions/${version}`;
}

/** An endpoint as Azure answers it, with `blue` at 90 and `green` at 10. */
export function azEndpoint(changed: Values & { readonly properties?: Values } = {}): Values {
  return {
    id: ENDPOINT_ID,
    name: "heart",
    location: "westeurope",
    kind: "Managed",
    identity: { type: "SystemAssigned", principalId: "p" },
    tags: { team: "cardiology" },
    systemData: { lastModifiedAt: "2026-01-02T03:04:05Z" },
    ...changed,
    properties: {
      authMode: "Key",
      publicNetworkAccess: "Enabled",
      compute: null,
      description: null,
      traffic: { blue: 90, green: 10 },
      mirrorTraffic: {},
      provisioningState: "Succeeded",
      ...changed.properties,
    },
  };
}

/** A deployment as Azure answers it. */
export function azDeployment(name: string, version: string, properties: Values = {}): Values {
  const probe = { failureThreshold: 30, initialDelay: "PT10S", period: "PT10S", successThreshold: 1, timeout: "PT2S" };
  return {
    id: `${ENDPOINT_ID}/deployments/${name}`,
    name,
    location: "westeurope",
    sku: { name: "Default", tier: "Standard", capacity: 1 },
    tags: {},
    properties: {
      endpointComputeType: "Managed",
      instanceType: "Standard_DS3_v2",
      model: modelId(version),
      codeConfiguration: null,
      environmentId: null,
      environmentVariables: { AML_APP_ROOT: "/var/azureml-app", AZUREML_MODEL_DIR: "/var/azureml-app/azureml-models" },
      requestSettings: { maxConcurrentRequestsPerInstance: 1, maxQueueWait: "PT0.5S", requestTimeout: "PT5S" },
      livenessProbe: probe,
      readinessProbe: probe,
      appInsightsEnabled: false,
      egressPublicNetworkAccess: "Enabled",
      scaleSettings: { scaleType: "Default" },
      provisioningState: "Succeeded",
      properties: { AzureAsyncOperationUri: "https://example" },
      ...properties,
    },
  };
}

/** The endpoint of {@link azEndpoint} with its two deployments. */
export function service(changed: Partial<Pick<Service, "endpoint" | "deployments">> = {}): Service {
  return {
    id: readEndpointId(ENDPOINT_ID),
    endpoint: azEndpoint(),
    deployments: [azDeployment("blue", "1"), azDeployment("green", "2")],
    outputs: new Map([[ENDPOINT_ID.toLowerCase(), { name: "heart" }]]),
    provider: PROVIDER_STATE,
    ...changed,
  };
}
