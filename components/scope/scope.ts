import type { ProgressiveMlflowEndpointArgs } from "../args";
import type { Lookups, placedOptions } from "../azure/lookups";
import type * as pulumi from "@pulumi/pulumi";

/** What every child of one component needs to be declared. */
export interface Scope {
  /** The component's name; children are named `<name>-<what>`, which never changes. */
  readonly name: string;
  readonly args: ProgressiveMlflowEndpointArgs;
  readonly component: pulumi.ComponentResource;
  readonly lookups: Lookups;
  /** Options of every child except those that the rollout itself writes. */
  readonly placed: ReturnType<typeof placedOptions>;
  /**
   * Five random characters that make names unique in Azure and never change in a stack. Declared by the first call: a
   * component whose names are all given has none.
   */
  readonly suffix: () => pulumi.Output<string>;
}

/** What the other resources need to know about the workspace. */
export interface WorkspaceRef {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;
  readonly location: pulumi.Output<string>;
  /** ARM id of its storage account. */
  readonly storageAccountId: pulumi.Output<string>;
}

/** Whether the engine refuses to delete or replace what serves and what that depends on. */
export function isProtected({ deletionProtection = true }: ProgressiveMlflowEndpointArgs): boolean {
  return deletionProtection;
}

/**
 * The option for a resource; nothing instead of `false`, which would override a protection that the user set on the
 * component.
 */
export function protection(args: ProgressiveMlflowEndpointArgs): { readonly protect?: true } {
  return isProtected(args) ? { protect: true } : {};
}
