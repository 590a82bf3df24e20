import { unwrapRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import type { MockCallArgs, MockResourceArgs, MockResourceResult } from "@pulumi/pulumi/runtime/mocks";

type Values = Readonly<Record<string, unknown>>;
type Answer = Values | Error | ((inputs: Values) => Values | Promise<Values>);

/** Answers to reads by the last part of the token, such as `getOnlineEndpoint`; an error fails the read. */
export type Answers = Readonly<Record<string, Answer>>;

/** ARM id of what stands in a resource group. */
export function armId(resourceGroup: string, path: string): string {
  return `/subscriptions/subscription-1/resourceGroups/${resourceGroup}/providers/${path}`;
}

/** A failed read, in the words of azure-native and the engine. */
export function azureError(status: number, code: string, message: string): Error {
  const details = `invocation of azure-native:m:get returned an error: Status=${status} Code="${code}" Message="${message}"`;
  // The SDK shows `details` of what the engine answers, not its message.
  return Object.assign(new Error(details), { details });
}

export const NOT_FOUND = azureError(404, "ResourceNotFound", "The Resource was not found.");

const DEFAULT_ANSWERS: Answers = {
  getOnlineEndpoint: NOT_FOUND,
  getOnlineDeployment: NOT_FOUND,
  getClientConfig: { tenantId: "tenant-1" },
  getResourceGroup: { location: "westeurope" },
};

export async function answerOf(answers: Answers, { token, inputs }: MockCallArgs): Promise<Values> {
  const name = token.split(":").at(-1) ?? "";
  const answer = answers[name] ?? DEFAULT_ANSWERS[name] ?? azureError(400, "BadRequest", `the test answers no ${name}`);
  if (answer instanceof Error) throw answer;
  return typeof answer === "function" ? answer(inputs as Values) : answer;
}

/** What a provider knows of a resource after its create; in a preview, what only Azure can say is unknown. */
export function createdState({ type, name, inputs }: MockResourceArgs, preview: boolean): MockResourceResult {
  const values = inputs as Values;
  if (preview) return { id: undefined, state: values };
  const { path = name, ...outputs } = CREATED[type]?.(values) ?? {};
  return { id: armId(text(values["resourceGroupName"]), text(path)), state: { ...values, ...outputs } };
}

const ML = "Microsoft.MachineLearningServices/workspaces";

/** The outputs that are not inputs, and the path that ends the ARM id. */
const CREATED: Readonly<Record<string, (inputs: Values) => Values>> = {
  "random:index/randomString:RandomString": () => ({ result: "abcde" }),
  "azure-native:storage:StorageAccount": ({ accountName }) => ({
    name: accountName,
    path: `Microsoft.Storage/storageAccounts/${text(accountName)}`,
  }),
  "azure-native:storage:BlobContainer": ({ containerName }) => ({ name: containerName }),
  "azure-native:machinelearningservices:Workspace": ({ workspaceName }) => ({
    name: workspaceName,
    path: `${ML}/${text(workspaceName)}`,
  }),
  "azure-native:machinelearningservices:ModelVersion": ({ workspaceName, name, version }) => ({
    path: `${ML}/${text(workspaceName)}/models/${text(name)}/versions/${text(version)}`,
  }),
  "azure-native:machinelearningservices:OnlineEndpoint": ({ workspaceName, endpointName, properties }) => ({
    path: `${ML}/${text(workspaceName)}/onlineEndpoints/${text(endpointName)}`,
    properties: { ...(properties as Values), scoringUri: `https://${text(endpointName)}.example.net/score` },
  }),
};

/** A part of an id, which is never secret itself. */
function text(value: unknown): string {
  const plain: unknown = unwrapRpcSecret(value);
  return typeof plain === "string" ? plain : "";
}
