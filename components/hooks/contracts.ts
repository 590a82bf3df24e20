import * as pulumi from "@pulumi/pulumi";
import {
  asksStable,
  checkContracts,
  checkStableRead,
  comparedCandidates,
  notCompared,
  contractVerdicts,
  describeContract,
} from "../contract/checkContracts";
import { comparedWith, contractOf, stableName } from "../contract/contractFacts";
import type { ContractFacts, KnownContract } from "../contract/contractFacts";
import type { ContractVerdict } from "../contract/checkContracts";
import { liveContract } from "../contract/liveModel";
import { liveStateOf } from "../rollout/liveState";
import { risingCandidates } from "../rollout/roles";
import { entryOf } from "../values/shape";
import type { Violation } from "../values/violation";
import { NO_TRAFFIC, hasWeight } from "../rollout/weights";
import type { RolloutContext } from "./context";
import { folderProblems } from "../models/modelFolders";
import type { EndpointPath } from "../azure/ids";
import { readLiveModel } from "../azure/readEndpoint";
import { readContract } from "../azure/registeredContract";
import type { LiveEndpoint } from "../azure/readEndpoint";

/**
 * Refuses more weight for candidates whose model breaks callers of the stable deployment, or whose files are missing.
 * On the way back nothing is read: no model may block it.
 */
export async function checkLiveModels(
  context: RolloutContext,
  live: LiveEndpoint | undefined,
  path: EndpointPath | undefined,
): Promise<Violation[]> {
  const folders = await checkFolders(context, factsOf(context, live));
  await readCandidates(context, factsOf(context, live));
  const facts = factsOf(context, live);
  const { stable } = facts;
  if (path === undefined || stable === undefined || !asksStable(facts)) {
    return [...folders, ...checkContracts(facts)];
  }
  const read = await readStable(context, path, stableName(facts));
  context.memory.stableModel = { deployment: stable, ...read };
  if (read.failed) return [...folders, ...checkStableRead(facts, read.unknown ?? "")];
  return [...folders, ...checkContracts(factsOf(context, live))];
}

/** The verdicts on the models of a step's candidates. */
export function liveContracts(context: RolloutContext, live: LiveEndpoint | undefined): ContractVerdict[] {
  return contractVerdicts(factsOf(context, live));
}

/** The compatible candidates, one line each. */
export function compatibleContracts(context: RolloutContext, live: LiveEndpoint | undefined): string[] {
  return liveContracts(context, live)
    .filter(({ verdict }) => verdict === "compatible")
    .map(describeContract);
}

/** Logs what callers may notice of a step's candidates, and which could not be compared and why. */
export async function logContracts(context: RolloutContext, live: LiveEndpoint | undefined): Promise<void> {
  const facts = factsOf(context, live);
  const warnings = contractVerdicts(facts)
    .filter(({ verdict }) => verdict !== "compatible")
    .map(describeContract);
  if (warnings.length > 0) await pulumi.log.warn(warnings.join("\n"), context.component);
  const others = notCompared(facts);
  if (others.length > 0) await pulumi.log.info(others.join("\n"), context.component);
}

/** Logs what may keep a new deployment from starting, before its image is built. */
export async function logPreflight({ deployedModels, component }: RolloutContext, deployment: string): Promise<void> {
  const lines = entryOf(deployedModels.preflights, deployment) ?? [];
  if (lines.length > 0) await pulumi.log.warn(`model of ${deployment}:\n${lines.join("\n")}`, component);
}

/** While a candidate's weight rises, the files of all models that get requests must exist. */
async function checkFolders(
  { declared, deployedModels: { modelVersions }, modelFolders }: RolloutContext,
  { live, stable }: ContractFacts,
): Promise<Violation[]> {
  if (stable === undefined || risingCandidates(live, declared, stable).length === 0) return [];
  const unreadable = await folderProblems(modelFolders);
  const requested = Object.keys(modelVersions).filter((name) => hasWeight(declared, name));
  const versions = new Set(requested.map((name) => modelVersions[name]));
  return Object.entries(unreadable)
    .filter(([version]) => versions.has(version))
    .map(([version, reason]) => ({ path: `model.versions.${version}.path`, reason }));
}

/** Reads the models of candidates that get more requests, live or mirrored, and have no local folder. */
async function readCandidates(context: RolloutContext, facts: ContractFacts): Promise<void> {
  const { deployedModels, memory, modelSources } = context;
  const reads = comparedCandidates(facts).map(async (name) => {
    const source = modelSources.get(entryOf(deployedModels.modelVersions, name) ?? "");
    if (source === undefined || contractOf(facts, name).contract !== undefined) return [];
    return [[name, await readContract(context, `the model of ${name}`, await source)] as const];
  });
  const read = Object.fromEntries((await Promise.all(reads)).flat());
  memory.readContracts = { ...memory.readContracts, ...read };
}

/** A failed read is kept apart from a model that cannot be compared. */
async function readStable(
  context: RolloutContext,
  path: EndpointPath,
  deployment: string,
): Promise<KnownContract & { readonly failed: boolean }> {
  const { component, deployedModels, earlyReads } = context;
  try {
    const model = await earlyReads.read(`deployment ${deployment}`, () => readLiveModel(path, deployment, component));
    if (model === undefined)
      return { contract: undefined, unknown: `Azure has no deployment ${deployment}`, failed: false };
    const declared = liveContract(deployment, model.id, deployedModels.model, path);
    if (declared.contract !== undefined || !model.id) return { ...declared, failed: false };
    return { ...(await readContract(context, `the live model of ${deployment}`, { id: model.id })), failed: false };
  } catch (error) {
    return { contract: undefined, unknown: error instanceof Error ? error.message : String(error), failed: true };
  }
}

function factsOf({ declared, deployedModels, memory }: RolloutContext, live: LiveEndpoint | undefined): ContractFacts {
  const read = Object.entries(memory.readContracts ?? {}).map(([name, known]) => {
    const accepted = entryOf(deployedModels.contracts, name)?.accepted;
    return [name, { ...known, accepted }] as const;
  });
  const state = live === undefined ? undefined : liveStateOf(live, []);
  const traffic = state ?? NO_TRAFFIC;
  const stable = comparedWith(traffic, declared, state?.stable);
  const { stableModel } = memory;
  return {
    declared,
    live: traffic,
    stable,
    contracts: { ...deployedModels.contracts, ...Object.fromEntries(read) },
    ...(stableModel !== undefined && stableModel.deployment === stable && { stableModel }),
  };
}
