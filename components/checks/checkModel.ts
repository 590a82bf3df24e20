import type { ModelArgs, ModelVersionArgs } from "../args";
import { checkModelName, checkModelVersion } from "../rollout/names";
import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { checkText } from "./plain";

/** What is asked of the disk about a model folder. */
export interface FileProbe {
  isFolder(path: string): boolean;
  isFile(path: string): boolean;
}

const SOURCES = ["path", "uri", "id"] as const;
const AZUREML_URI = /^azureml:\/\/\S+$/;
const VERSION_ID =
  /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[^/]+\/models\/[^/]+\/versions\/[1-9]\d*|azureml:\/\/registries\/[^/]+\/models\/[^/]+\/versions\/[^/]+)$/i;

export function checkModel(model: ModelArgs | undefined, files: FileProbe): Violation[] {
  if (typeof model !== "object" || model === null) {
    return [{ path: "model", reason: "is missing; give the model's name and at least one version" }];
  }
  const name = model.name === undefined ? [{ path: "model.name", reason: "is missing" }] : [];
  return [...name, ...checkText("model.name", model.name, checkModelName), ...checkVersions(model.versions, files)];
}

function checkVersions(versions: unknown, files: FileProbe): Violation[] {
  const path = "model.versions";
  const entries = typeof versions === "object" && versions !== null ? Object.entries(versions) : [];
  if (entries.length === 0) return [{ path, reason: 'has no version; add one such as "1": { path: "models/blue" }' }];
  return entries.flatMap(([version, source]: [string, unknown]) => [
    ...checkText(`${path}.${version}`, version, checkModelVersion),
    ...checkSource(`${path}.${version}`, source, files),
  ]);
}

function checkSource(at: string, source: unknown, files: FileProbe): Violation[] {
  if (typeof source !== "object" || source === null) {
    return [{ path: at, reason: `must be { path }, { uri } or { id }, got ${show(source)}` }];
  }
  const version = source as ModelVersionArgs;
  const given = SOURCES.filter((key) => version[key] !== undefined);
  if (given.length !== 1) {
    const got = given.length === 0 ? "none" : given.join(" and ");
    return [{ path: at, reason: `needs exactly one of path, uri and id, got ${got}` }];
  }
  return [...checkFolder(at, version.path, files), ...checkUri(at, version.uri), ...checkId(at, version.id)];
}

function checkFolder(at: string, path: unknown, files: FileProbe): Violation[] {
  if (path === undefined) return [];
  if (typeof path !== "string" || path === "") {
    return [{ path: `${at}.path`, reason: `must be the path of a folder, got ${show(path)}` }];
  }
  if (!files.isFolder(path)) {
    return [
      { path: `${at}.path`, reason: `${show(path)} is not a folder; give the folder that MLflow saved the model in` },
    ];
  }
  if (files.isFile(`${path}/MLmodel`)) return [];
  return [
    { path: `${at}.path`, reason: `${show(path)} has no file MLmodel; give the folder that MLflow saved the model in` },
  ];
}

function checkUri(at: string, uri: unknown): Violation[] {
  if (typeof uri !== "string" || AZUREML_URI.test(uri)) return [];
  return [{ path: `${at}.uri`, reason: `must begin with azureml://, got ${show(uri)}` }];
}

function checkId(at: string, id: unknown): Violation[] {
  if (typeof id !== "string" || VERSION_ID.test(id)) return [];
  return [
    {
      path: `${at}.id`,
      reason: `must be the ARM id of a model version or azureml://registries/<registry>/models/<name>/versions/<version>, got ${show(id)}`,
    },
  ];
}
