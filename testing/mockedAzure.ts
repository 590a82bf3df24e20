import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import { armId, endpointPath, workspacePath } from "./armIds";
import { text } from "./created";
import type { Values } from "./created";

/** A failed read, in the words of azure-native and the engine. */
export function azureError(status: number, code: string, message: string): Error {
  const details = `invocation of azure-native:m:get returned an error: Status=${status} Code="${code}" Message="${message}"`;
  // The SDK shows `details` of what the engine answers, not its message.
  return Object.assign(new Error(details), { details });
}

export const NOT_FOUND = azureError(404, "ResourceNotFound", "The Resource was not found.");

const TRAFFIC_STEP = "azure-native:resources:Deployment";

/** As much of Azure as the component reads in a program: endpoints and deployments are what was declared last. */
export class MockedAzure {
  private readonly documents = new Map<string, Values>();

  /** Takes note of what a program declares. */
  write({ type, inputs }: MockResourceArgs): void {
    const values = inputs as Values;
    if (type === "azure-native:machinelearningservices:OnlineEndpoint") this.documents.set(idOf(values), values);
    if (type === "azure-native:machinelearningservices:OnlineDeployment") this.documents.set(idOf(values), values);
    if (type === TRAFFIC_STEP) this.writeTraffic(values);
  }

  /**
   * Answers what the component asks; undefined for what it never asks.
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
  };

  private read(inputs: Values): Values {
    const found = this.documents.get(idOf(inputs));
    if (found === undefined) throw NOT_FOUND;
    const properties = { ...(found["properties"] as Values), provisioningState: "Succeeded" };
    return { ...found, id: idOf(inputs), properties };
  }

  /** The step writes the weights and tags of an endpoint, which its template takes as parameters. */
  private writeTraffic(step: Values): void {
    const { parameters = {} } = (step["properties"] ?? {}) as { parameters?: Record<string, { value: unknown }> };
    const { name } = (parameters["endpoint"]?.value ?? {}) as { name?: string };
    const [workspaceName, endpointName] = text(name).split("/");
    const id = idOf({ resourceGroupName: step["resourceGroupName"], workspaceName, endpointName });
    const endpoint = this.documents.get(id);
    if (endpoint === undefined) return;
    const [traffic, mirrorTraffic] = [parameters["traffic"]?.value, parameters["mirrorTraffic"]?.value];
    const properties = { ...(endpoint["properties"] as Values), traffic, mirrorTraffic };
    this.documents.set(id, { ...endpoint, tags: parameters["tags"]?.value, properties });
  }
}

function idOf({ resourceGroupName, workspaceName, endpointName, deploymentName }: Values): string {
  const endpoint = armId(text(resourceGroupName), endpointPath(text(workspaceName), text(endpointName)));
  return deploymentName === undefined ? endpoint : `${endpoint}/deployments/${text(deploymentName)}`;
}
