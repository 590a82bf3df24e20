import type { TrafficState } from "../rollout/weights";
import { compareContracts } from "./compareContracts";
import type { Difference } from "./difference";
import type { ModelContract } from "./modelContract";

/** What is known of the model of a declared deployment. */
export interface DeploymentContract {
  /** Undefined when its files are not at hand. */
  readonly contract: ModelContract | undefined;
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
}

/** What callers of the stable deployment may notice of a candidate; nothing when either is not known. */
export function differencesOf({ stable, contracts }: ContractFacts, name: string): Difference[] {
  const [before, after] = [contractOf(contracts, stable), contractOf(contracts, name)];
  return before === undefined || after === undefined ? [] : compareContracts(before, after);
}

export function contractOf(contracts: Contracts, name: string | undefined): ModelContract | undefined {
  return name === undefined ? undefined : contracts[declaredName(contracts, name)]?.contract;
}

/** The stable deployment, as the program writes it. */
export function stableName({ stable = "", contracts }: ContractFacts): string {
  return declaredName(contracts, stable);
}

/** The name as the program writes it; the live one may differ in case. */
function declaredName(contracts: Contracts, name: string): string {
  return Object.keys(contracts).find((declared) => declared.toLowerCase() === name.toLowerCase()) ?? name;
}
