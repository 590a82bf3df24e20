import { MlModelError, readMlModel } from "../contract/readMlModel";
import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import type { FileProbe } from "./checkModel";
import { isKnownMap } from "./plain";

/**
 * What is wrong in the `MLmodel` files of the folders that deployments run without an environment of their own: Azure
 * would find it after an image is built. Folders that are none have their own violation.
 */
export function checkModelFiles(versions: unknown, deployments: unknown, files: FileProbe): Violation[] {
  if (!isKnownMap(versions) || !isKnownMap(deployments)) return [];
  const run = Object.values(deployments).filter(isKnownMap);
  const used = new Set(run.filter(({ environmentId }) => environmentId === undefined).map((it) => it["modelVersion"]));
  return Object.entries(versions).flatMap(([version, source]) => {
    const folder = isKnownMap(source) ? source["path"] : undefined;
    if (typeof folder !== "string" || !used.has(version)) return [];
    const reason = reasonOf(files.readText(`${folder}/MLmodel`));
    return reason === undefined
      ? []
      : [{ path: `model.versions.${version}.path`, reason: `MLmodel in ${show(folder)} ${reason}` }];
  });
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
