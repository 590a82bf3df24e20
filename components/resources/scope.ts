import type * as pulumi from "@pulumi/pulumi";
import type { ProgressiveMlflowEndpointArgs } from "../args";
import type { Lookups, placedOptions } from "../live/lookups";

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
