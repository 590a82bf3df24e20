import { weightOf } from "../rollout/weights";
import { contractOf, differencesOf, stableContract, stableName } from "./contractFacts";
import type { ContractFacts } from "./contractFacts";
import { verdictOf } from "./difference";

/** What the comparison of a candidate's model with that of the stable deployment found. */
export interface ContractVerdict {
  readonly deployment: string;
  readonly stable: string;
  /** `compatible`, `warning` or `breaking`. */
  readonly verdict: string;
  /** What callers of the stable deployment may notice. */
  readonly differences: string[];
  /** Why callers can cope with a break, as the program says. */
  readonly accepted?: string;
}

/** A verdict on each candidate that gets requests, live or mirrored, and can be compared. */
export function contractVerdicts(facts: ContractFacts): ContractVerdict[] {
  const { declared, contracts } = facts;
  const stable = stableName(facts);
  if (stableContract(facts).contract === undefined) return [];
  return Object.keys(declared.traffic)
    .filter((name) => weightOf(declared.traffic, name) + weightOf(declared.mirrorTraffic, name) > 0)
    .filter((name) => name !== stable && contractOf(facts, name).contract !== undefined)
    .map((deployment) => {
      const differences = differencesOf(facts, deployment);
      const accepted = contracts[deployment]?.accepted;
      return {
        deployment,
        stable,
        verdict: verdictOf(differences),
        differences: differences.map(({ what }) => what),
        ...(accepted !== undefined && { accepted }),
      };
    });
}

/** `contract default -> green: compatible`, or what callers may notice. */
export function describeContract({ stable, deployment, differences, accepted }: ContractVerdict): string {
  const contract = `contract ${stable} -> ${deployment}`;
  if (differences.length === 0) return `${contract}: compatible`;
  return `${contract}: ${differences.join("; ")}${accepted === undefined ? "" : ` (accepted: ${accepted})`}`;
}
