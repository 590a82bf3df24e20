import { risingCandidates } from "../rollout/roles";
import type { TrafficState } from "../rollout/weights";
import type { Violation } from "../values/violation";
import { NO_FILES, contractOf, differencesOf, stableContract, stableName } from "./contractFacts";
import type { ContractFacts } from "./contractFacts";
import { weightOf } from "../rollout/weights";
import { verdictOf } from "./compareContracts";

/** Candidates get no weight, or no more weight, while their model breaks callers of the stable deployment. */
export function checkContracts(facts: ContractFacts): Violation[] {
  return decisiveCandidates(facts).flatMap((name) =>
    differencesOf(facts, name)
      .filter(({ verdict }) => verdict === "breaking")
      .map(({ what, cure }) => ({
        path: `traffic.${name}`,
        reason: `breaks callers of ${stableName(facts)}: ${what}; ${cure}, or say with ${acceptContract(name)}`,
      })),
  );
}

/** Candidates get no more weight while the stable deployment, whose callers count, cannot be read. */
export function checkStableRead(facts: ContractFacts, problem: string): Violation[] {
  return decisiveCandidates(facts)
    .filter((name) => contractOf(facts, name).contract !== undefined)
    .map((name) => ({
      path: `traffic.${name}`,
      reason: `its model cannot be compared with that of ${stableName(facts)}, which serves: ${problem}, or say with ${acceptContract(name)}`,
    }));
}

/** Whether the step needs the stable deployment's model: not on the way back, when no candidate gets more weight. */
export function asksStable(facts: ContractFacts): boolean {
  const { live, declared, stable } = facts;
  if (stable === undefined) return false;
  return risingCandidates(live, declared, stable).some((name) => contractOf(facts, name).contract !== undefined);
}

/** `contract default -> green is not compared: why`, for each candidate that gets more requests and is not. */
export function notCompared(facts: ContractFacts): string[] {
  return comparedCandidates(facts).flatMap((name) => {
    const missing = [contractOf(facts, name), stableContract(facts)].find(({ contract }) => contract === undefined);
    if (missing === undefined) return [];
    return [`contract ${stableName(facts)} -> ${name} is not compared: ${missing.unknown ?? NO_FILES}`];
  });
}

/** The candidates that get more requests, live or mirrored. */
export function comparedCandidates({ live, declared, stable }: ContractFacts): readonly string[] {
  if (stable === undefined) return [];
  const mirrored = risingCandidates(mirrorOf(live), mirrorOf(declared), stable);
  return [...new Set([...risingCandidates(live, declared, stable), ...mirrored])];
}

/** The candidates that a breaking change keeps from more weight. */
function decisiveCandidates({ live, declared, stable, contracts }: ContractFacts): readonly string[] {
  return risingCandidates(live, declared, stable).filter((name) => contracts[name]?.accepted === undefined);
}

function acceptContract(name: string): string {
  return `deployments.${name}.acceptContract why callers can cope`;
}

function mirrorOf({ mirrorTraffic }: TrafficState): TrafficState {
  return { traffic: mirrorTraffic, mirrorTraffic: {} };
}

/** The result of comparing a candidate's model with the stable deployment's. */
export interface ContractVerdict {
  readonly deployment: string;
  readonly stable: string;
  /** `compatible`, `warning` or `breaking`. */
  readonly verdict: string;
  /** What callers of the stable deployment may notice. */
  readonly differences: string[];
  /** Why callers can cope with the breaking change, as declared. */
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
