import type { ProgressiveMlflowEndpointArgs } from "../args";
import type { Lookups, placedOptions } from "../azure/lookups";
import type * as pulumi from "@pulumi/pulumi";

/** What every child of one component is declared with. */
export interface Scope {
  /** The component's name; children are named `<name>-<what>`, fixed for ever. */
  readonly name: string;
  readonly args: ProgressiveMlflowEndpointArgs;
  readonly component: pulumi.ComponentResource;
  readonly lookups: Lookups;
  /** Options of every child but those that the rollout itself writes. */
  readonly placed: ReturnType<typeof placedOptions>;
  /**
   * Five random characters that make names unique in Azure and stay for the life of the stack. Declared by the first
   * call: a component whose names are all given has none.
   */
  readonly suffix: () => pulumi.Output<string>;
}

/** A workspace that exists or is about to: what the other resources need to know of it. */
export interface WorkspaceRef {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
  readonly id: pulumi.Output<string>;
  readonly location: pulumi.Output<string>;
  /** ARM id of its storage account. */
  readonly storageAccountId: pulumi.Output<string>;
}

/** Whether the engine refuses to delete or replace what serves and what it stands on. */
export function isProtected({ deletionProtection = true }: ProgressiveMlflowEndpointArgs): boolean {
  return deletionProtection;
}

/** The option for a resource; nothing instead of `false`, which would lift a protection that the user gave the component. */
export function protection(args: ProgressiveMlflowEndpointArgs): { readonly protect?: true } {
  return isProtected(args) ? { protect: true } : {};
}
