import { stableOf } from "../rollout/roles";
import { weightOf } from "../rollout/weights";
import type { TrafficState } from "../rollout/weights";
import { compareContracts } from "./compareContracts";
import type { Difference } from "./compareContracts";
import type { ModelContract } from "./modelContract";
import { isSameName } from "../values/sameName";

/** The contract of a model, if its files are available. */
export interface KnownContract {
  readonly contract: ModelContract | undefined;
  /** Why it is unknown, as a complete phrase. */
  readonly unknown?: string;
}

/** What is known about the model of a declared deployment. */
interface DeploymentContract extends KnownContract {
  /** Why its callers can cope with a breaking change. */
  readonly accepted: string | undefined;
}

/** By deployment name; every declared deployment is named. */
export type Contracts = Readonly<Record<string, DeploymentContract>>;

/** A step whose candidates are compared with the stable deployment. */
export interface ContractFacts {
  readonly declared: TrafficState;
  readonly live: TrafficState;
  readonly stable: string | undefined;
  readonly contracts: Contracts;
  /** The model that the stable deployment runs now; left out when it was not read, and the declared one counts. */
  readonly stableModel?: KnownContract;
}

/** The default reason for an unknown contract. */
export const NO_FILES = "only models with path have their files at hand";

/**
 * The deployment that a step's candidates are compared with: the stable one, even when the step removes it from the
 * program. As long as it serves, its callers count.
 *
 * @returns the name in lower case, or undefined while no deployment is clearly the stable one
 */
export function comparedWith(
  live: TrafficState,
  declared: TrafficState,
  recorded: string | undefined,
): string | undefined {
  const serves = recorded !== undefined && weightOf(live.traffic, recorded) > 0;
  return serves ? recorded.toLowerCase() : stableOf(live, declared, recorded);
}

/** What callers of the stable deployment may notice when a candidate answers; empty when either contract is unknown. */
export function differencesOf(facts: ContractFacts, name: string): Difference[] {
  const [before, after] = [stableContract(facts).contract, contractOf(facts, name).contract];
  return before === undefined || after === undefined ? [] : compareContracts(before, after);
}

/** What is known about the stable deployment's model. */
export function stableContract(facts: ContractFacts): KnownContract {
  const { stable, stableModel } = facts;
  if (stable === undefined) return { contract: undefined, unknown: "no deployment is clearly the stable one" };
  return stableModel ?? contractOf(facts, stable);
}

/** What is known about a deployment's declared model. */
export function contractOf({ contracts }: Pick<ContractFacts, "contracts">, name: string): KnownContract {
  return contracts[named(Object.keys(contracts), name)] ?? { contract: undefined, unknown: `${name} is not declared` };
}

/** The stable deployment's name, spelled as in the program, or else as in Azure. */
export function stableName({ stable = "", contracts, live }: ContractFacts): string {
  return named([...Object.keys(contracts), ...Object.keys(live.traffic)], stable);
}

/** The matching name, ignoring case. */
function named(names: readonly string[], name: string): string {
  return names.find((other) => isSameName(other, name)) ?? name;
}
