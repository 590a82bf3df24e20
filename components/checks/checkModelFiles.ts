import { MlModelError, readMlModel } from "../contract/readMlModel";
import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { folderProblem } from "./checkModel";
import type { FileProbe } from "./checkModel";
import { isKnownMap } from "./plain";

/**
 * What is wrong in the `MLmodel` files of the folders that deployments run without an environment of their own: Azure
 * would find it after an image is built. Folders that are none have their own violation.
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
 * Versions that nothing can be uploaded of now, and why: the folder is gone, or Azure's scoring script cannot load what is
 * in it. What is registered already does not need it, so that these stand in nobody's way who gives weight back; hooks
 * refuse the rest.
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
