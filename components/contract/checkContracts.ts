import { risingCandidates } from "../rollout/roles";
import type { Violation } from "../rollout/violation";
import { contractOf, differencesOf, stableName } from "./contractFacts";
import type { ContractFacts } from "./contractFacts";

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

/** The candidates that get more weight and cannot be compared, since a model's files are not at hand. */
export function uncheckedCandidates({ live, declared, stable, contracts }: ContractFacts): string[] {
  const known = (name: string): boolean => contractOf(contracts, name) !== undefined;
  if (stable === undefined) return [];
  return risingCandidates(live, declared, stable).filter((name) => !known(name) || !known(stable));
}
