import { checkModelName, checkModelVersion } from "../rollout/names";
import { checkKeys } from "../values/shape";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { checkInputText, checkText, isKnownMap } from "./literals";
import { checkBoolean } from "./scalars";
import { MlModelError, readMlModel } from "../contract/modelContract";

/** What the checks ask the disk about a model folder. */
export interface FileProbe {
  isFolder(path: string): boolean;
  isFile(path: string): boolean;
  /** Its text, or undefined when it is not a file. */
  readText(path: string): string | undefined;
}

const KEYS = ["name", "versions", "existing"];
const SOURCES = ["path", "uri", "id"];
const VERSION_KEYS = [...SOURCES, "archived"];
const MODEL_URI = /^(azureml:\/\/|runs:\/)\S+$/;
const REGISTERED = /^azureml:\/\/registries\//i;
const VERSION_ID =
  /^(azureml:[^/:@]+:[1-9]\d*|\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[^/]+\/models\/[^/]+\/versions\/[1-9]\d*|azureml:\/\/registries\/[^/]+\/models\/[^/]+\/versions\/[^/]+)$/i;

export function checkModel(model: unknown, files: FileProbe): Violation[] {
  if (model === undefined) {
    return [{ path: "model", reason: "is missing; give the model's name and at least one version" }];
  }
  if (!isKnownMap(model)) return [{ path: "model", reason: `must be { name, versions }, got ${show(model)}` }];
  const { name, versions, existing } = model;
  return [
    ...checkKeys("model", model, KEYS),
    ...(name === undefined ? [{ path: "model.name", reason: "is missing; name the registered model" }] : []),
    ...checkText("model.name", name, checkModelName),
    ...checkVersions(versions, files),
    ...checkBoolean("model.existing", existing),
  ];
}

function checkVersions(versions: unknown, files: FileProbe): Violation[] {
  const path = "model.versions";
  if (versions !== undefined && !isKnownMap(versions)) {
    return [{ path, reason: `must be a map of versions to { path }, { uri } or { id }, got ${show(versions)}` }];
  }
  const entries = Object.entries(versions ?? {});
  if (entries.length === 0) return [{ path, reason: 'has no version; add one such as "1": { path: "models/blue" }' }];
  return entries.flatMap(([version, source]) => [
    ...checkText(`${path}.${version}`, version, checkModelVersion),
    ...checkSource(`${path}.${version}`, source, files),
  ]);
}

function checkSource(at: string, source: unknown, files: FileProbe): Violation[] {
  if (!isKnownMap(source)) return [{ path: at, reason: `must be { path }, { uri } or { id }, got ${show(source)}` }];
  const unknown = checkKeys(at, source, VERSION_KEYS);
  const given = SOURCES.filter((key) => source[key] !== undefined);
  if (given.length !== 1) {
    const got = given.length === 0 ? "none" : given.join(" and ");
    return [...unknown, { path: at, reason: `needs exactly one of path, uri and id, got ${got}` }];
  }
  return [
    ...unknown,
    ...checkFolder(`${at}.path`, source["path"], files),
    ...checkInputText(`${at}.uri`, source["uri"], checkUri),
    ...checkInputText(`${at}.id`, source["id"], checkId),
    ...checkBoolean(`${at}.archived`, source["archived"]),
  ];
}

function checkFolder(at: string, folder: unknown, files: FileProbe): Violation[] {
  return checkText(at, folder, (path) => folderProblem(path, files));
}

/** Why a path is not the folder of a model. */
function folderProblem(path: string, files: FileProbe): string | undefined {
  const todo = "give the folder that MLflow saved the model in";
  if (path === "" || !files.isFolder(path)) return `${show(path)} is not a folder; ${todo}`;
  return files.isFile(`${path}/MLmodel`) ? undefined : `${show(path)} has no file MLmodel; ${todo}`;
}

function checkUri(uri: string): string | undefined {
  if (REGISTERED.test(uri)) return `${show(uri)} is registered already; give it as id`;
  return MODEL_URI.test(uri) ? undefined : `must begin with azureml:// or runs:/, got ${show(uri)}`;
}

function checkId(id: string): string | undefined {
  return VERSION_ID.test(id)
    ? undefined
    : `must be the ARM id of a model version, azureml:<name>:<version> or azureml://registries/<registry>/models/<name>/versions/<version>, got ${show(id)}`;
}

/**
 * What is wrong in the `MLmodel` files of the folders that deployments run without an environment of their own: Azure
 * would find it after an image is built. A path that is not a model folder has its own violation.
 */
export function checkModelFiles(versions: unknown, deployments: unknown, files: FileProbe): Violation[] {
  return foldersOf(versions).flatMap(([version, folder]) => {
    const reason = mlModelProblem(folder, files);
    return reason === undefined || !scoredByAzure(deployments).has(version)
      ? []
      : [{ path: `model.versions.${version}.path`, reason }];
  });
}

/**
 * Versions that cannot be uploaded now, and why: the folder is gone, or Azure's scoring script cannot load its model. A
 * registered version does not need its folder, so these never block giving weight back; hooks refuse the rest.
 */
export function unreadableVersions(
  versions: unknown,
  deployments: unknown,
  files: FileProbe,
): Readonly<Record<string, string>> {
  const scored = scoredByAzure(deployments);
  const found = foldersOf(versions).flatMap(([version, folder]) => {
    if (folder === "") return [];
    const reason = folderProblem(folder, files) ?? (scored.has(version) ? mlModelProblem(folder, files) : undefined);
    return reason === undefined ? [] : [[version, reason] as const];
  });
  return Object.fromEntries(found);
}

function foldersOf(versions: unknown): [string, string][] {
  return Object.entries(isKnownMap(versions) ? versions : {}).flatMap(([version, source]): [string, string][] => {
    const folder = isKnownMap(source) ? source["path"] : undefined;
    return typeof folder === "string" ? [[version, folder]] : [];
  });
}

/** The versions that deployments run without an environment of their own. */
function scoredByAzure(deployments: unknown): ReadonlySet<unknown> {
  const run = Object.values(isKnownMap(deployments) ? deployments : {}).filter(isKnownMap);
  return new Set(run.filter(({ environmentId }) => environmentId === undefined).map((it) => it["modelVersion"]));
}

function mlModelProblem(folder: string, files: FileProbe): string | undefined {
  const reason = reasonOf(files.readText(`${folder}/MLmodel`));
  return reason === undefined ? undefined : `MLmodel in ${show(folder)} ${reason}`;
}

function reasonOf(text: string | undefined): string | undefined {
  try {
    if (text !== undefined) readMlModel(text);
    return undefined;
  } catch (error) {
    if (error instanceof MlModelError) return error.message;
    throw error;
  }
}

/** Versions that are archived although they cannot be, or although a deployment runs them. */
export function checkArchived(versions: unknown, deployments: unknown): Violation[] {
  if (!isKnownMap(versions)) return [];
  const running = Object.entries(isKnownMap(deployments) ? deployments : {});
  return Object.entries(versions).flatMap(([version, source]) => {
    if (!isKnownMap(source) || source["archived"] !== true) return [];
    const path = `model.versions.${version}.archived`;
    const users = running.filter(([, it]) => isKnownMap(it) && it["modelVersion"] === version).map(([name]) => name);
    return [
      ...(source["id"] === undefined
        ? []
        : [{ path, reason: "is for versions that are registered here; archive this one where it is registered" }]),
      ...(users.length === 0
        ? []
        : [{ path, reason: `${users.join(", ")} runs version ${version}; archive it when no deployment runs it` }]),
    ];
  });
}
