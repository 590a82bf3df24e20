import * as pulumi from "@pulumi/pulumi";
import { OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import type { RolloutHooks } from "../live/hooks";
import type { Scope, WorkspaceRef } from "./scope";

/** Azure ends endpoint names at 32 characters; the suffix and its dash take six. */
const MAX_PREFIX = 26;

/** What the program asks of the endpoint itself, beside its traffic. */
export interface EndpointDeclaration {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly workspaceName: pulumi.Output<string>;
  readonly endpointName: pulumi.Output<string>;
  readonly location: pulumi.Output<string>;
  readonly authMode: string;
  readonly publicNetworkAccess: string;
  readonly tags: pulumi.Output<Readonly<Record<string, string>>>;
}

export function endpointDeclaration({ args, suffix }: Scope, workspace: WorkspaceRef): EndpointDeclaration {
  return {
    resourceGroupName: workspace.resourceGroupName,
    workspaceName: workspace.name,
    endpointName: pulumi.output(args.endpointName ?? pulumi.interpolate`${namePrefix(args.model.name)}-${suffix()}`),
    location: workspace.location,
    authMode: args.authMode ?? "AADToken",
    publicNetworkAccess: args.publicNetworkAccess ?? "Enabled",
    tags: pulumi.output(args.tags ?? {}),
  };
}

/**
 * The endpoint is created without traffic, since Azure takes weights only for deployments that exist. Every later
 * change goes through the traffic step: a second writer would drop the live weights.
 */
export function declareEndpoint(
  { name, component }: Scope,
  declared: EndpointDeclaration,
  hooks: RolloutHooks,
): OnlineEndpoint {
  return new OnlineEndpoint(
    `${name}-endpoint`,
    {
      resourceGroupName: declared.resourceGroupName,
      workspaceName: declared.workspaceName,
      endpointName: declared.endpointName,
      location: declared.location,
      kind: "Managed",
      identity: { type: "SystemAssigned" },
      tags: declared.tags,
      properties: { authMode: declared.authMode, publicNetworkAccess: declared.publicNetworkAccess },
    },
    { parent: component, ignoreChanges: ["*"], hooks: { onError: [hooks.endpointFailed] } },
  );
}

/** The model's name as an endpoint name can begin: letters, digits and dashes, a letter first. */
function namePrefix(modelName: string): string {
  const plain = modelName.replaceAll("_", "-").replace(/^[^a-zA-Z]+/, "");
  const cut = plain.slice(0, MAX_PREFIX).replace(/-+$/, "");
  return cut === "" ? "mlflow" : cut.toLowerCase();
}
