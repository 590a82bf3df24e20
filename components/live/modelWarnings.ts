import * as pulumi from "@pulumi/pulumi";
import { checkContracts, uncheckedCandidates } from "../contract/checkContracts";
import type { ContractFacts } from "../contract/contractFacts";
import { contractVerdicts, describeContract } from "../contract/contractVerdicts";
import type { ContractVerdict } from "../contract/contractVerdicts";
import { liveStateOf } from "../rollout/liveState";
import { stableOf } from "../rollout/roles";
import { entryOf } from "../rollout/shape";
import type { Violation } from "../rollout/violation";
import { NO_TRAFFIC } from "../rollout/weights";
import type { RolloutContext } from "./context";
import type { LiveEndpoint } from "./readEndpoint";

/** Candidates whose model breaks what callers of the stable deployment send. */
export function checkLiveContracts(context: RolloutContext, live: LiveEndpoint | undefined): Violation[] {
  return checkContracts(factsOf(context, live));
}

/** The verdicts on the models of a step's candidates. */
export function liveContracts(context: RolloutContext, live: LiveEndpoint | undefined): ContractVerdict[] {
  return contractVerdicts(factsOf(context, live));
}

/** The candidates of which callers notice nothing, a line each. */
export function compatibleContracts(context: RolloutContext, live: LiveEndpoint | undefined): string[] {
  return liveContracts(context, live)
    .filter(({ verdict }) => verdict === "compatible")
    .map(describeContract);
}

/** Says what callers may notice of a step's candidates, and which of them could not be compared. */
export async function sayContracts(context: RolloutContext, live: LiveEndpoint | undefined): Promise<void> {
  const facts = factsOf(context, live);
  const warnings = contractVerdicts(facts)
    .filter(({ verdict }) => verdict !== "compatible")
    .map(describeContract);
  if (warnings.length > 0) await pulumi.log.warn(warnings.join("\n"), context.component);
  const unchecked = uncheckedCandidates(facts);
  if (unchecked.length === 0) return;
  const message = `contract of ${unchecked.join(", ")} is not checked: only models with path have their files at hand`;
  await pulumi.log.info(message, context.component);
}

/** Says what may keep a new deployment from starting, before its image is built. */
export async function sayPreflight({ deployedModels, component }: RolloutContext, deployment: string): Promise<void> {
  const lines = entryOf(deployedModels.preflights, deployment) ?? [];
  if (lines.length > 0) await pulumi.log.warn(`model of ${deployment}:\n${lines.join("\n")}`, component);
}

function factsOf({ declared, deployedModels }: RolloutContext, live: LiveEndpoint | undefined): ContractFacts {
  const state = live === undefined ? undefined : liveStateOf(live, []);
  const traffic = state ?? NO_TRAFFIC;
  return {
    declared,
    live: traffic,
    stable: stableOf(traffic, declared, state?.stable),
    contracts: deployedModels.contracts,
  };
}
