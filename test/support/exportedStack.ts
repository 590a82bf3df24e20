import type { ExportedStack, PendingOperation, ResourceState, Values } from "../../cli/stack/exportedStack";

export const SUBSCRIPTION = "/subscriptions/11111111-1111-4111-8111-111111111111";
export const PROVIDER = "urn:pulumi:dev::heart::pulumi:providers:azure-native::default_3_28_0::provider-id";

/** A resource of the stack `dev` of the project `heart`. */
export function resourceState(
  type: string,
  name: string,
  others: Partial<ResourceState> & { readonly inputs?: Values } = {},
): ResourceState {
  return { urn: `urn:pulumi:dev::heart::${type}::${name}`, type, custom: true, provider: PROVIDER, ...others };
}

export const PROVIDER_STATE: ResourceState = {
  urn: PROVIDER.replace(/::provider-id$/, ""),
  type: "pulumi:providers:azure-native",
  custom: true,
  id: "provider-id",
  inputs: { version: "3.28.0" },
};

export const GROUP_STATE = resourceState("azure-native:resources:ResourceGroup", "group", {
  id: `${SUBSCRIPTION}/resourceGroups/rg`,
});

export const ENDPOINT_INPUTS = { resourceGroupName: "rg", workspaceName: "mlw", endpointName: "heart" };
export const ENDPOINT_ID = `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw/onlineEndpoints/heart`;

export function pending(type: string, resource: ResourceState): PendingOperation {
  return { type, resource };
}

export function exportedStack(
  operations: readonly PendingOperation[],
  resources: readonly ResourceState[] = [PROVIDER_STATE, GROUP_STATE],
): ExportedStack {
  return { deployment: { resources, pending_operations: operations } };
}

/** The create of an endpoint that nobody heard the end of. */
export const PENDING_ENDPOINT = pending(
  "creating",
  resourceState("azure-native:machinelearningservices:OnlineEndpoint", "endpoint", { inputs: ENDPOINT_INPUTS }),
);
