import * as pulumi from "@pulumi/pulumi";
import type { ModelVersionArgs } from "../args";
import type { RolloutContext } from "../hooks/context";
import type { RolloutHooks } from "../hooks/createHooks";
import { logDrift } from "../hooks/modelVersion";
import { ModelStores, USUAL_DEFAULT } from "../azure/modelStores";
import { RegisteredVersions } from "../azure/registeredVersions";
import { versionFacts } from "../azure/modelVersions";
import type { ModelPlace, VersionFacts } from "../azure/modelVersions";
import { promiseOf } from "../pulumi/sdkInternals";
import { warnOnceRegistered } from "../pulumi/later";
import { uploadPrefix, inFull, isShort } from "../models/modelAddress";
import { entryOf } from "../values/shape";
import { declareModelVersion } from "./modelVersion";
import type { Scope, WorkspaceRef } from "../scope/scope";

/** The ids of the declared model versions, by version. */
export type ModelVersionIds = Readonly<Record<string, pulumi.Output<string>>>;

/**
 * The versions of the model. They stay in Azure when removed from the program: any deployment downloads its version
 * again whenever it gets a new machine. Azure creates the model itself with its first version.
 */
export function declareModels(
  scope: Scope,
  workspace: WorkspaceRef,
  hooks: RolloutHooks,
  context: RolloutContext,
): ModelVersionIds {
  const { name: model, versions } = scope.args.model;
  const own = Object.values(versions).filter(({ id }) => id === undefined);
  const registered = new RegisteredVersions(scope.component, model, own.length);
  const placing = placeOf(scope, workspace);
  context.modelPlace = placing;
  placing.catch(() => undefined);
  // Versions are registered one after the other by waiting, not by recorded dependencies: when two depend on the same
  // resource of an earlier version of this package, a run with targets may write the second before its dependency.
  let before: Promise<unknown> = Promise.resolve();
  const ids = Object.entries(versions).map(([version, source]) => {
    if (source.id === undefined) return [version, declareOwn(version, source)] as const;
    const id = inWorkspace(source.id, workspace);
    context.modelSources.set(
      version,
      promiseOf(id).then((known) => ({ id: known })),
    );
    return [version, id] as const;
  });
  return Object.fromEntries(ids);

  function declareOwn(version: string, source: ModelVersionArgs): pulumi.Output<string> {
    const uri = source.uri === undefined ? undefined : inWorkspace(source.uri, workspace);
    if (uri !== undefined)
      context.modelSources.set(
        version,
        promiseOf(uri).then((known) => ({ uri: known })),
      );
    const folder = entryOf(context.modelFolders, version) ?? Promise.resolve({});
    const request = { version, uri: uri && promiseOf(uri), archived: source.archived };
    const facts = versionFacts(registered, request, folder, placing);
    context.modelVersions.set(version, facts);
    sayProblem(scope, version, facts);
    void logDrift(context, version, facts);
    const modelUri = uri ?? inWorkspace(folderUri(scope, source.path ?? "", facts), workspace);
    const turn = Promise.all([facts, before]).then(([{ plan }]) => plan?.what);
    const keepsContent = keepsOtherContent(context, version, facts);
    const declared = { version, facts, modelUri, archived: source.archived, keepsContent, turn };
    const { id, urn } = declareModelVersion(scope, workspace, hooks, declared);
    before = turn.then((what) => (what === "register" ? undefined : promiseOf(urn).catch(() => undefined)));
    return id;
  }
}

/** The long form of a text that may be short and without a workspace. */
function inWorkspace(given: pulumi.Input<string>, { id }: WorkspaceRef): pulumi.Output<string> {
  return pulumi
    .output(given)
    .apply((text) => (isShort(text) ? id.apply((workspaceId) => inFull(text, workspaceId)) : pulumi.output(text)));
}

async function placeOf({ component }: Scope, workspace: WorkspaceRef): Promise<ModelPlace | undefined> {
  const { resourceGroupName: group, name, storageAccountId: storage } = workspace;
  const [resourceGroupName, workspaceName, storageAccountId] = await Promise.all([group, name, storage].map(promiseOf));
  if (resourceGroupName === undefined || workspaceName === undefined || storageAccountId === undefined)
    return undefined;
  const path = { resourceGroupName, workspaceName };
  return { workspace: path, stores: new ModelStores(component, path, storageAccountId), uploads: new Map() };
}

/** Where a version's files are or will be: exactly the registered URI. */
async function folderUri({ args }: Scope, path: string, facts: Promise<VersionFacts>): Promise<string> {
  const { plan, folder, place } = await facts;
  if (plan?.what === "keep" || plan?.what === "archive") return plan.registered.modelUri;
  // Such a version is never registered.
  if (folder === undefined) return path;
  if (place === undefined) return pulumi.unknown as string;
  // When it cannot be read nothing is sent, and the hook reports why.
  const datastore = await place.stores.defaultName().catch(() => USUAL_DEFAULT);
  return `azureml://datastores/${datastore}/paths/${uploadPrefix(args.model.name, folder.contentName)}/`;
}

/** On the way back, a folder that differs from what is registered blocks nothing. */
async function keepsOtherContent(
  context: RolloutContext,
  version: string,
  facts: Promise<VersionFacts>,
): Promise<boolean> {
  if ((await facts).plan?.what !== "conflict") return false;
  const { component, order } = context;
  const keeps = (await order?.decision)?.isTrafficFirst === true;
  const text = `model.versions.${version}: its content is not what is registered; it stays as it is registered`;
  if (keeps) warnOnceRegistered(component, text);
  return keeps;
}

function sayProblem({ component }: Scope, version: string, facts: Promise<VersionFacts>): void {
  void facts.then(({ problem }) => {
    if (problem === undefined) return;
    const text = `model.versions.${version}.path: ${problem}; until then version ${version} stays as it is registered`;
    warnOnceRegistered(component, text);
  });
}
