import * as pulumi from "@pulumi/pulumi";
import { ModelContainer } from "@pulumi/azure-native/machinelearningservices/modelContainer";
import { ModelVersion } from "@pulumi/azure-native/machinelearningservices/modelVersion";
import type { ModelVersionArgs } from "../args";
import type { RolloutHooks } from "../live/hooks";
import { warnLater } from "../live/warnLater";
import { declareModelStore } from "./modelStore";
import type { ModelUpload } from "./modelStore";
import { inFull, isShort } from "./modelUri";
import type { Scope, WorkspaceRef } from "./scope";

/** The ids of the declared model versions, by version. */
export type ModelVersionIds = Readonly<Record<string, pulumi.Output<string>>>;

/**
 * The model and its versions. They stay in Azure when they leave the program: any deployment, old or recreated,
 * downloads its version again whenever it gets a new machine.
 *
 * @param unreadable - versions whose folder cannot be uploaded now, and why: they stay as the stack has them
 */
export function declareModels(
  scope: Scope,
  workspace: WorkspaceRef,
  hooks: RolloutHooks,
  unreadable: Readonly<Record<string, string>>,
): ModelVersionIds {
  const versions = Object.entries(scope.args.model.versions);
  const registered = versions.some(([, source]) => source.id === undefined);
  const container = registered && scope.args.model.existing !== true ? declareContainer(scope, workspace) : undefined;
  const store = versions.some(([, source]) => source.path !== undefined)
    ? declareModelStore(scope, workspace, hooks)
    : undefined;
  return Object.fromEntries(
    versions.map(([version, source]) => {
      const problem = unreadable[version];
      if (problem !== undefined) sayUnreadable(scope, version, problem);
      const upload = problem === undefined && source.path !== undefined ? store?.upload(source.path) : undefined;
      return [version, declareVersion(scope, workspace, hooks, { version, source, container, upload })];
    }),
  );
}

function declareContainer({ name, args, placed }: Scope, workspace: WorkspaceRef): ModelContainer {
  return new ModelContainer(
    `${name}-model`,
    {
      resourceGroupName: workspace.resourceGroupName,
      workspaceName: workspace.name,
      name: args.model.name,
      properties: { ...(args.tags && { tags: args.tags }) },
    },
    { ...placed, retainOnDelete: true },
  );
}

function sayUnreadable({ component }: Scope, version: string, problem: string): void {
  const text = `model.versions.${version}.path: ${problem}; until then version ${version} stays as it is registered`;
  warnLater(component, text);
}

interface VersionDeclaration {
  readonly version: string;
  readonly source: ModelVersionArgs;
  readonly container: ModelContainer | undefined;
  /** Undefined for a version from elsewhere, and for one whose folder cannot be uploaded now. */
  readonly upload: ModelUpload | undefined;
}

function declareVersion(
  { name, args, placed }: Scope,
  workspace: WorkspaceRef,
  hooks: RolloutHooks,
  { version, source, container, upload }: VersionDeclaration,
): pulumi.Output<string> {
  const full = (given: pulumi.Input<string>): pulumi.Output<string> =>
    pulumi
      .output(given)
      .apply((text) => (isShort(text) ? workspace.id.apply((id) => inFull(text, id)) : pulumi.output(text)));
  if (source.id !== undefined) return full(source.id);
  const isUnreadable = source.path !== undefined && upload === undefined;
  const modelVersion = new ModelVersion(
    `${name}-model-${version}`,
    {
      resourceGroupName: workspace.resourceGroupName,
      workspaceName: workspace.name,
      name: args.model.name,
      version,
      properties: {
        modelType: "mlflow_model",
        // Of a folder that is not there nothing is known but what the stack has; a new version is refused.
        modelUri: upload?.uri ?? full(source.uri ?? source.path ?? ""),
        ...(source.archived !== undefined && { isArchived: source.archived }),
      },
    },
    {
      ...placed,
      retainOnDelete: true,
      dependsOn: [...(container ? [container] : []), ...(upload?.blobs ?? [])],
      ignoreChanges: [...placed.ignoreChanges, ...(isUnreadable ? ["properties.modelUri"] : [])],
      hooks: { ...placed.hooks, beforeCreate: [hooks.modelVersion], beforeUpdate: [hooks.modelVersion] },
    },
  );
  return modelVersion.id;
}
