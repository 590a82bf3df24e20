import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { armId, endpointPath, workspacePath } from "./armIds";
import { text } from "./created";
import type { Values } from "./created";

/** A failed read, as azure-native and the engine report it. */
export function azureError(status: number, code: string, message: string): Error {
  const details = `invocation of azure-native:m:get returned an error: Status=${status} Code="${code}" Message="${message}"`;
  // The SDK shows `details` of what the engine answers, not its message.
  return Object.assign(new Error(details), { details });
}

export const NOT_FOUND = azureError(404, "ResourceNotFound", "The Resource was not found.");

const COMPONENT = "azure-mlflow-rollout:index:ProgressiveMlflowEndpoint";
const ENDPOINT = "azure-native:machinelearningservices:OnlineEndpoint";
const DEPLOYMENT = "azure-native:machinelearningservices:OnlineDeployment";

/**
 * The part of Azure that the component reads: the declared endpoints and deployments. Declared weights are live at
 * once: the hook that reads back what the traffic step has written is not run by mocks.
 */
export class MockedAzure {
  private readonly documents = new Map<string, Values>();
  /** The declared traffic, by name of the endpoint's resource. */
  private readonly declared = new Map<string, Values>();

  /** Records what a program declares. */
  write({ type, name, inputs }: MockResourceArgs): void {
    const values = inputs as Values;
    if (type === COMPONENT) this.declared.set(`${name}-endpoint`, values);
    if (type === ENDPOINT) this.documents.set(idOf(values), this.served(name, values));
    if (type === DEPLOYMENT) this.documents.set(idOf(values), values);
  }

  /**
   * Answers the component's reads; undefined for any other.
   *
   * @throws Error for an endpoint or a deployment that was not declared, as Azure does
   */
  answer({ token, inputs }: MockCallArgs): Values | undefined {
    return this.answers[token.split(":").at(-1) ?? ""]?.(inputs as Values);
  }

  private readonly answers: Readonly<Record<string, (inputs: Values) => Values>> = {
    getOnlineEndpoint: (inputs) => this.read(inputs),
    getOnlineDeployment: (inputs) => this.read(inputs),
    getOnlineDeploymentLogs: () => ({ content: "" }),
    listOnlineEndpointKeys: () => ({ primaryKey: "primary-key", secondaryKey: "secondary-key" }),
    getClientConfig: () => ({ tenantId: "tenant-1", subscriptionId: "subscription-1", clientId: "", objectId: "" }),
    getClientToken: () => ({ token: "token" }),
    getResourceGroup: ({ resourceGroupName: name }) => ({ name, location: "westeurope" }),
    getWorkspace: ({ resourceGroupName, workspaceName }) => ({
      id: armId(text(resourceGroupName), workspacePath(text(workspaceName))),
      name: workspaceName,
      location: "westeurope",
      storageAccount: armId(text(resourceGroupName), "Microsoft.Storage/storageAccounts/mocked"),
      identity: { type: "SystemAssigned" },
    }),
    getModelVersion: () => {
      throw NOT_FOUND;
    },
    getDatastore: () => ({ properties: { isDefault: true, datastoreType: "AzureBlob" } }),
  };

  private read(inputs: Values): Values {
    const found = this.documents.get(idOf(inputs));
    if (found === undefined) throw NOT_FOUND;
    const properties = { ...(found["properties"] as Values), provisioningState: "Succeeded" };
    return { ...found, id: idOf(inputs), properties };
  }

  private served(name: string, endpoint: Values): Values {
    const { traffic, mirrorTraffic } = this.declared.get(name) ?? {};
    return { ...endpoint, properties: { ...(endpoint["properties"] as Values), traffic, mirrorTraffic } };
  }
}

function idOf({ resourceGroupName, workspaceName, endpointName, deploymentName }: Values): string {
  const endpoint = armId(text(resourceGroupName), endpointPath(text(workspaceName), text(endpointName)));
  return deploymentName === undefined ? endpoint : `${endpoint}/deployments/${text(deploymentName)}`;
}
