import { getModelContainer } from "@pulumi/azure-native/machinelearningservices/getModelContainer";
import * as pulumi from "@pulumi/pulumi";
import { contentOf, uploadPrefix } from "../models/modelAddress";
import { planUpload, uploadFolder } from "../models/upload";
import { describePlan, describeUnplaced } from "../models/uploadText";
import type { VersionPlan } from "../models/versionPlan";
import { show } from "../values/violation";
import type { RolloutContext } from "./context";
import type { HookInputs } from "./hookInputs";
import { folderProblems } from "../models/modelFolders";
import type { ModelFolders } from "../models/modelFolders";
import type { ModelPlace, VersionFacts } from "../azure/modelVersions";
import { refuse } from "./hookInputs";
import { readLiveModel } from "../azure/readEndpoint";
import { warnOnceRegistered } from "../pulumi/later";
import { at } from "../values/shape";
import { textOf } from "../pulumi/known";

/** What a program declares before it has any version: none can be registered while these are new. */
const FIRST = new Set([
  "azure-native:storage:StorageAccount",
  "azure-native:keyvault:Vault",
  "azure-native:operationalinsights:Workspace",
  "azure-native:applicationinsights:Component",
  "azure-native:containerregistry:Registry",
  "azure-native:machinelearningservices:Workspace",
]);

/**
 * Runs before anything is created: versions that cannot be registered are refused with a stack's first resource, not
 * its last.
 */
export async function beforeFirstParts(folders: ModelFolders, type: string, { oldInputs }: HookInputs): Promise<void> {
  if (oldInputs === undefined && FIRST.has(type)) refuseUnreadable(Object.entries(await folderProblems(folders)));
}

/**
 * A registered version never changes ("Asset paths cannot be updated"), and one that cannot be uploaded is left as it
 * is, never registered. New versions are uploaded here; a preview only compares them with what is there.
 */
export async function beforeModelVersion(context: RolloutContext, { oldInputs, newInputs }: HookInputs): Promise<void> {
  const version = String(at(newInputs, ["version"]));
  const model = textOf(at(newInputs, ["name"])) ?? "";
  const facts = await context.modelVersions.get(version);
  if (facts === undefined) return;
  const { problem, unread, plan } = facts;
  if (oldInputs === undefined && problem !== undefined) refuseUnreadable([[version, problem]]);
  if (unread !== undefined) {
    const reason = `Azure does not say whether it is registered: ${unread}; correct that, then run "pulumi up" again`;
    refuse("the registration of the model", [{ path: `model.versions.${version}`, reason }]);
  }
  if (plan?.what === "conflict") await refuseOther(context, { model, version }, facts.place, plan);
  if (plan === undefined || plan.what === "register") await upload(context, { model, version }, facts);
}

interface Named {
  readonly model: string;
  readonly version: string;
}

async function refuseOther(
  context: RolloutContext,
  { model, version }: Named,
  place: ModelPlace | undefined,
  plan: VersionPlan & { readonly what: "keep" | "archive" | "conflict" },
): Promise<void> {
  const { modelUri } = plan.registered;
  const free = await nextVersion(context, model, place);
  const isOurs = contentOf(modelUri) !== undefined;
  const given = isOurs ? "its content is not what is registered" : `it is registered already, from ${show(modelUri)}`;
  const take = isOurs ? "" : `give it as id azureml:${model}:${version}, or `;
  const reason = `${given}; registered versions never change, ${take}declare the new content as version ${free} or later`;
  refuse("the registration of the model", [{ path: `model.versions.${version}`, reason }]);
}

/** The first number above all declared and registered ones. */
async function nextVersion(context: RolloutContext, model: string, place: ModelPlace | undefined): Promise<number> {
  const declared = Object.keys(context.deployedModels.model.versions).map(Number);
  const registered =
    place === undefined
      ? 0
      : await getModelContainer({ ...place.workspace, name: model }, { parent: context.component }).then(
          ({ properties }) => Number(properties.latestVersion ?? 0),
          () => 0,
        );
  return Math.max(0, ...[...declared, registered].filter(Number.isInteger)) + 1;
}

function refuseUnreadable(entries: readonly (readonly [string, string])[]): void {
  const violations = entries.map(([version, reason]) => ({ path: `model.versions.${version}.path`, reason }));
  refuse("the registration of the model", violations);
}

/** Uploads what is missing; a preview logs what it would upload. */
async function upload(
  context: RolloutContext,
  { model, version }: Named,
  { folder, place }: VersionFacts,
): Promise<void> {
  if (folder === undefined) return;
  const say = (text: string): void => void pulumi.log.info(`model ${version}: ${text}`, context.component);
  if (place === undefined) return say(describeUnplaced(folder));
  const isPreview = pulumi.runtime.isDryRun();
  try {
    const prefix = uploadPrefix(model, folder.contentName);
    const datastore = await place.stores.defaultName();
    const store = await place.stores.store(datastore);
    const sent = place.uploads.get(prefix);
    const sending = sent ?? (isPreview ? planUpload(store, prefix, folder) : uploadFolder(store, prefix, folder, say));
    place.uploads.set(prefix, sending);
    say(describePlan(datastore, await sending));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // A user with read access only can still see what an update would do.
    if (isPreview) {
      await pulumi.log.warn(
        `model ${version}: ${describeUnplaced(folder)}; what is there already is not known: ${reason}`,
        context.component,
      );
      return;
    }
    refuse("the registration of the model", [{ path: `model.versions.${version}.path`, reason }]);
  }
}

/**
 * Warns about a version that was deleted or archived elsewhere while a deployment runs it. Pulumi compares with its
 * state and would not notice.
 */
export async function logDrift(context: RolloutContext, version: string, facts: Promise<VersionFacts>): Promise<void> {
  const { plan } = await facts;
  const isArchivedByHand = plan?.what === "archive" && plan.registered.isArchived;
  if (plan?.what !== "register" && !isArchivedByHand) return;
  const runs = await runningDeployments(context, version).catch(() => []);
  if (runs.length === 0) return;
  const what = isArchivedByHand ? "is archived in Azure" : "is not registered in Azure any more";
  const and = isArchivedByHand ? "" : ", and a new machine cannot download it";
  warnOnceRegistered(
    context.component,
    `model version ${version} ${what} while it runs in ${runs.join(", ")}${and}; what this update does not write is put right by "pulumi up --refresh"`,
  );
}

/** The declared deployments that run a version in Azure. */
async function runningDeployments(
  { component, deployedModels, order }: RolloutContext,
  version: string,
): Promise<string[]> {
  const declared = Object.entries(deployedModels.modelVersions).filter(([, runs]) => runs === version);
  const path = declared.length === 0 ? undefined : await order?.path;
  if (path === undefined) return [];
  const reads = declared.map(async ([name]) => ({ name, model: await readLiveModel(path, name, component) }));
  const suffix = `/versions/${version}`;
  return (await Promise.all(reads)).flatMap(({ name, model }) => (model?.id?.endsWith(suffix) === true ? [name] : []));
}
