import { stableOf } from "../rollout/roles";
import { weightOf } from "../rollout/weights";
import type { TrafficState } from "../rollout/weights";
import { compareContracts } from "./compareContracts";
import type { Difference } from "./compareContracts";
import type { ModelContract } from "./modelContract";
import { isSameName } from "../values/sameName";

/** The contract of a model, as far as its files are at hand. */
export interface KnownContract {
  readonly contract: ModelContract | undefined;
  /** Why it is not known, in words that stand alone. */
  readonly unknown?: string;
}

/** What is known of the model of a declared deployment. */
interface DeploymentContract extends KnownContract {
  /** Why its callers can cope with a break. */
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
  /** The model that the stable deployment runs now; left out when nobody has looked, and what is declared counts. */
  readonly stableModel?: KnownContract;
}

/** Why a contract is not known that nobody says more of. */
export const NO_FILES = "only models with path have their files at hand";

/**
 * The deployment that a step's candidates are compared with: the stable one, also when it leaves the program with the
 * step. As long as it serves, its callers count.
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

/** What callers of the stable deployment may notice of a candidate; nothing when either is not known. */
export function differencesOf(facts: ContractFacts, name: string): Difference[] {
  const [before, after] = [stableContract(facts).contract, contractOf(facts, name).contract];
  return before === undefined || after === undefined ? [] : compareContracts(before, after);
}

/** What is known of the model of the stable deployment. */
export function stableContract(facts: ContractFacts): KnownContract {
  const { stable, stableModel } = facts;
  if (stable === undefined) return { contract: undefined, unknown: "no deployment is clearly the stable one" };
  return stableModel ?? contractOf(facts, stable);
}

/** What is known of the declared model of a deployment. */
export function contractOf({ contracts }: Pick<ContractFacts, "contracts">, name: string): KnownContract {
  return contracts[named(Object.keys(contracts), name)] ?? { contract: undefined, unknown: `${name} is not declared` };
}

/** The stable deployment, as the program writes it, or Azure when the program does not. */
export function stableName({ stable = "", contracts, live }: ContractFacts): string {
  return named([...Object.keys(contracts), ...Object.keys(live.traffic)], stable);
}

/** The name among those that differ at most in case. */
function named(names: readonly string[], name: string): string {
  return names.find((other) => isSameName(other, name)) ?? name;
}
