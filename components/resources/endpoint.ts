import * as pulumi from "@pulumi/pulumi";
import { OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import type { RolloutHooks } from "../hooks/createHooks";
import { endpointNamePrefix } from "../rollout/names";
import { authModeOf, endpointKind } from "../settings/kinds";
import type { EndpointKind } from "../settings/kinds";
import { identityOf } from "../settings/identity";
import type { DeclaredIdentity } from "../settings/identity";
import { protection } from "../scope/scope";
import type { Scope, WorkspaceRef } from "../scope/scope";

/** The endpoint's declared settings, apart from its traffic. */
export interface EndpointDeclaration {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly workspaceName: pulumi.Output<string>;
  readonly endpointName: pulumi.Output<string>;
  readonly location: pulumi.Output<string>;
  readonly kind: EndpointKind;
  /** ARM id of the attached cluster; only for the kind Kubernetes. */
  readonly compute: pulumi.Input<string> | undefined;
  readonly identity: DeclaredIdentity;
  readonly authMode: string;
  readonly publicNetworkAccess: string;
  readonly tags: pulumi.Output<Readonly<Record<string, string>>>;
}

export function endpointDeclaration({ args, suffix }: Scope, workspace: WorkspaceRef): EndpointDeclaration {
  const asked = args.workspace?.name;
  return {
    resourceGroupName: workspace.resourceGroupName,
    // The workspace ignores a changed name; the hook of the traffic step detects and refuses it.
    workspaceName: workspace.name.apply((name) => asked ?? name),
    endpointName: pulumi.output(
      args.endpointName ?? pulumi.interpolate`${endpointNamePrefix(args.model.name)}-${suffix()}`,
    ),
    location: workspace.location,
    kind: endpointKind(args),
    compute: args.compute,
    identity: identityOf(args.managedIdentities),
    authMode: authModeOf(args),
    publicNetworkAccess: args.publicNetworkAccess ?? "Enabled",
    tags: pulumi.output(args.tags ?? {}),
  };
}

/**
 * The endpoint is created without traffic, since Azure takes weights only for deployments that exist. Every later
 * change goes through the traffic step: a second writer would drop the live weights.
 */
export function declareEndpoint(
  { name, args, component }: Scope,
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
      kind: declared.kind,
      identity: { ...declared.identity },
      tags: declared.tags,
      properties: {
        ...(declared.compute !== undefined && { compute: declared.compute }),
        authMode: declared.authMode,
        publicNetworkAccess: declared.publicNetworkAccess,
      },
    },
    {
      parent: component,
      ignoreChanges: ["*"],
      ...protection(args),
      hooks: {
        beforeCreate: [hooks.lookups],
        beforeUpdate: [hooks.beforeEndpoint],
        afterCreate: [hooks.afterEndpoint],
        onError: [hooks.endpointFailed],
      },
    },
  );
}
