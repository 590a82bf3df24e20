import type { ModelVersionArgs, ProgressiveMlflowEndpointArgs } from "../args";
import type { FileProbe } from "../checks/checkModel";
import { unreadableVersions } from "../checks/checkModel";
import { NO_FILES } from "../contract/contractFacts";
import type { Contracts, KnownContract } from "../contract/contractFacts";
import type { DeclaredModel, DeclaredVersion } from "../contract/liveModel";
import { preflight } from "../contract/preflight";
import { MlModelError, readMlModel } from "../contract/modelContract";
import { entryOf } from "../values/shape";

/** What the model folders tell about the declared versions, and the models of the declared deployments. */
export interface DeployedModels {
  readonly model: DeclaredModel;
  readonly contracts: Contracts;
  /** Preflight warnings by deployment, for those that have any. */
  readonly preflights: Readonly<Record<string, readonly string[]>>;
  /** Versions whose folder cannot be uploaded now, and why. */
  readonly unreadable: Readonly<Record<string, string>>;
  /** The version that each deployment runs. */
  readonly modelVersions: Readonly<Record<string, string>>;
}

/** Reads the model folders; nothing is known here about models that exist only in Azure. */
export function readDeployedModels(
  { model, deployments }: ProgressiveMlflowEndpointArgs,
  files: FileProbe,
): DeployedModels {
  const unreadable = unreadableVersions(model.versions, deployments, files);
  const versions = mapValues(model.versions, (source, version) =>
    readVersion(version, source, entryOf(unreadable, version), files),
  );
  const contracts = mapValues(deployments, ({ modelVersion, acceptContract: accepted }) => {
    const { contract, unknown } = entryOf(versions, modelVersion) ?? { contract: undefined };
    return { contract, accepted, ...(unknown !== undefined && { unknown }) };
  });
  // A deployment with its own environment does not use the model's.
  const preflights = Object.entries(deployments).flatMap(([name, { modelVersion, environmentId }]) => {
    const folder = entryOf(model.versions, modelVersion)?.path;
    const contract = entryOf(contracts, name)?.contract;
    if (contract === undefined || folder === undefined || environmentId !== undefined) return [];
    const lines = preflight(contract, (path) => files.readText(`${folder}/${path}`));
    return lines.length === 0 ? [] : [[name, lines.map((line) => `${folder}/${line}`)] as const];
  });
  return {
    model: { name: model.name, versions },
    contracts,
    preflights: Object.fromEntries(preflights),
    unreadable,
    modelVersions: mapValues(deployments, ({ modelVersion }) => modelVersion),
  };
}

function readVersion(
  version: string,
  { path, id }: ModelVersionArgs,
  problem: string | undefined,
  files: FileProbe,
): DeclaredVersion {
  if (path !== undefined) return readContract(version, path, problem, files);
  return {
    contract: undefined,
    unknown: `version ${version} has no path, ${NO_FILES}`,
    ...(id !== undefined && { id: typeof id === "string" ? id : "" }),
  };
}

function readContract(version: string, folder: string, problem: string | undefined, files: FileProbe): KnownContract {
  const notRead = (reason: string) => ({
    contract: undefined,
    unknown: `version ${version} cannot be read, ${reason}`,
  });
  const text = files.readText(`${folder}/MLmodel`);
  if (problem !== undefined || text === undefined) return notRead(problem ?? `${folder} has no file MLmodel`);
  try {
    return { contract: readMlModel(text) };
  } catch (error) {
    // A deployment with its own environment serves the model in its own way.
    if (error instanceof MlModelError) return notRead(`its MLmodel ${error.message}`);
    throw error;
  }
}

function mapValues<T, R>(map: Readonly<Record<string, T>>, change: (value: T, key: string) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}
