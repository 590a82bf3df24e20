import { risingCandidates } from "../rollout/roles";
import type { Violation } from "../rollout/violation";
import { weightOf } from "../rollout/weights";
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

/** Candidates get no weight, nor more of it, while their model breaks what callers of the stable deployment send. */
export function checkContracts(facts: ContractFacts): Violation[] {
  return risingCandidates(facts.live, facts.declared, facts.stable)
    .filter((name) => facts.contracts[name]?.accepted === undefined)
    .flatMap((name) =>
      differencesOf(facts, name)
        .filter(({ verdict }) => verdict === "breaking")
        .map(({ what, cure }) => ({
          path: `traffic.${name}`,
          reason: `breaks callers of ${stableName(facts)}: ${what}; ${cure}, or say with deployments.${name}.acceptContract why callers can cope`,
        })),
    );
}

/** What a person should know of the candidates that get requests, live or mirrored, one line for each. */
export function contractWarnings(facts: ContractFacts): string[] {
  const { declared, contracts } = facts;
  return Object.keys(declared.traffic)
    .filter((name) => weightOf(declared.traffic, name) + weightOf(declared.mirrorTraffic, name) > 0)
    .flatMap((name) => {
      const whats = differencesOf(facts, name).map(({ what }) => what);
      const reason = contracts[name]?.accepted;
      const accepted = reason === undefined ? "" : ` (accepted: ${reason})`;
      return whats.length === 0 ? [] : [`contract ${stableName(facts)} -> ${name}: ${whats.join("; ")}${accepted}`];
    });
}

/** The candidates that get more weight and cannot be compared, since a model's files are not at hand. */
export function uncheckedCandidates({ live, declared, stable, contracts }: ContractFacts): string[] {
  const known = (name: string): boolean => contractOf(contracts, name) !== undefined;
  if (stable === undefined) return [];
  return risingCandidates(live, declared, stable).filter((name) => !known(name) || !known(stable));
}

function differencesOf({ stable, contracts }: ContractFacts, name: string): Difference[] {
  const [before, after] = [contractOf(contracts, stable), contractOf(contracts, name)];
  return before === undefined || after === undefined ? [] : compareContracts(before, after);
}

function contractOf(contracts: Contracts, name: string | undefined): ModelContract | undefined {
  return name === undefined ? undefined : contracts[declaredName(contracts, name)]?.contract;
}

function stableName({ stable = "", contracts }: ContractFacts): string {
  return declaredName(contracts, stable);
}

/** The name as the program writes it; the live one may differ in case. */
function declaredName(contracts: Contracts, name: string): string {
  return Object.keys(contracts).find((declared) => declared.toLowerCase() === name.toLowerCase()) ?? name;
}
