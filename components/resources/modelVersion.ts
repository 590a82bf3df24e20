import * as pulumi from "@pulumi/pulumi";
import { ModelVersion } from "@pulumi/azure-native/machinelearningservices/modelVersion";
import type { RolloutHooks } from "../hooks/createHooks";
import type { VersionFacts } from "../azure/modelVersions";
import type { Scope, WorkspaceRef } from "../scope/scope";

/** A version that the component registers. */
export interface RegisteredHere {
  readonly version: string;
  readonly facts: Promise<VersionFacts>;
  readonly modelUri: pulumi.Output<string>;
  readonly archived: boolean | undefined;
  /** Whether different content under a registered version is tolerated in this run, keeping the version. */
  readonly keepsContent: Promise<boolean>;
  /** Resolves when it may be registered. */
  readonly turn: Promise<unknown>;
}

/**
 * The registration of a version. It is never deleted, and an existing version stays as it is, including what others set
 * on it: it is imported into the state, since a create would fail.
 */
export function declareModelVersion(
  { name, args, placed }: Scope,
  workspace: WorkspaceRef,
  hooks: RolloutHooks,
  { version, facts, modelUri, archived, keepsContent, turn }: RegisteredHere,
): ModelVersion {
  return new ModelVersion(
    `${name}-model-${version}`,
    {
      resourceGroupName: workspace.resourceGroupName,
      workspaceName: workspace.name,
      name: args.model.name,
      version,
      properties: { modelType: "mlflow_model", modelUri, ...(archived !== undefined && { isArchived: archived }) },
    },
    {
      ...placed,
      retainOnDelete: true,
      dependsOn: nothingAfter(turn),
      hooks: { ...placed.hooks, beforeCreate: [hooks.modelVersion], beforeUpdate: [hooks.modelVersion] },
      // Whether it is registered is known only with the inputs, and options cannot wait for them.
      transforms: [async ({ props, opts }) => fitted({ props, opts }, await facts, archived, keepsContent)],
    },
  );
}

export interface Registration {
  readonly props: pulumi.Inputs;
  readonly opts: pulumi.ResourceOptions & pulumi.CustomResourceOptions;
}

/** Adapts a registration to what Azure has. */
export async function fitted(
  { props, opts }: Registration,
  { plan, unread }: VersionFacts,
  archived: boolean | undefined,
  keepsContent: Promise<boolean>,
): Promise<Registration> {
  const kept = { ...opts, ignoreChanges: [...(opts.ignoreChanges ?? []), "properties"] };
  if (unread !== undefined || plan?.what === "register") return { props, opts: kept };
  if (plan === undefined) return { props, opts };
  const { registered } = plan;
  if (plan.what === "keep") return { props, opts: { ...kept, import: registered.id } };
  if (plan.what === "conflict") return { props, opts: (await keepsContent) ? kept : opts };
  const properties = { ...registered.kept, modelUri: registered.modelUri, isArchived: archived ?? false };
  return { props: { ...props, properties }, opts: { ...opts, import: registered.id } };
}

/** Waits, and records no dependency. */
async function nothingAfter(turn: Promise<unknown>): Promise<pulumi.Resource[]> {
  await turn;
  return [];
}
