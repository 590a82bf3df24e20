import type { MockResourceArgs, MockResourceResult } from "@pulumi/pulumi/runtime/mocks";
import { unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import { armId, endpointPath, workspacePath } from "./armIds";

export type Values = Readonly<Record<string, unknown>>;

/** What is added to a resource's inputs. */
interface Created {
  /** Outputs that are not inputs. */
  readonly outputs?: Values;
  /** The part of the ARM id behind `providers/`; the name in the program by default. */
  readonly path?: string;
}

/** What a provider knows about a resource after its create; in a preview, values that only Azure knows are unknown. */
export function createdState({ type, name, inputs }: MockResourceArgs, preview: boolean): MockResourceResult {
  const values = inputs as Values;
  if (preview) return { id: undefined, state: values };
  const { path = name, outputs = {} } = CREATED[type]?.(values) ?? {};
  return { id: armId(text(values["resourceGroupName"]), path), state: { ...values, ...outputs } };
}

/** The properties that the component reads of its resources, by type. */
const CREATED: Readonly<Record<string, (inputs: Values) => Created>> = {
  "random:index/randomString:RandomString": () => ({ outputs: { result: "abcde" } }),
  "azure-native:storage:StorageAccount": ({ accountName }) => ({
    outputs: { name: accountName },
    path: `Microsoft.Storage/storageAccounts/${text(accountName)}`,
  }),
  "azure-native:storage:BlobContainer": ({ containerName }) => ({ outputs: { name: containerName } }),
  "azure-native:machinelearningservices:Workspace": ({ workspaceName }) => ({
    outputs: { name: workspaceName },
    path: workspacePath(text(workspaceName)),
  }),
  "azure-native:machinelearningservices:ModelVersion": ({ workspaceName, name, version }) => ({
    path: `${workspacePath(text(workspaceName))}/models/${text(name)}/versions/${text(version)}`,
  }),
  "azure-native:machinelearningservices:OnlineEndpoint": ({ workspaceName, endpointName, properties }) => ({
    outputs: {
      properties: { ...(properties as Values), scoringUri: `https://${text(endpointName)}.example.net/score` },
    },
    path: endpointPath(text(workspaceName), text(endpointName)),
  }),
  "azure-native:machinelearningservices:OnlineDeployment": ({ workspaceName, endpointName, deploymentName }) => ({
    path: `${endpointPath(text(workspaceName), text(endpointName))}/deployments/${text(deploymentName)}`,
  }),
};

/** A part of an id, which is never secret itself. */
export function text(value: unknown): string {
  const plain: unknown = unwrapRpcSecret(value);
  return typeof plain === "string" ? plain : "";
}
