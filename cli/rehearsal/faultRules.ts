import { isOfDeployment } from "./fault";
import type { FaultKind, RehearsedFault } from "./fault";

/** Names of the deployments that a rehearsal is about. */
export interface Cast {
  readonly stable: string;
  readonly candidate: string;
}

/** As `POST /_local/faults` of the local Azure takes it. */
export type FaultRule = Readonly<Record<string, unknown>>;

const SCORE = "/score$";
/** A rule that takes a request hides it from the rules after it: what takes all of them comes last. */
const ORDER: readonly FaultKind[] = ["errors", "wrong answers", "latency"];

/** The rules for the faults that begin with a step, in the order in which the local Azure has to have them. */
export function scoringRules(faults: readonly RehearsedFault[], cast: Cast, step: number): readonly FaultRule[] {
  return faults
    .filter(({ kind, fromStep }) => !isOfDeployment(kind) && fromStep <= step)
    .toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))
    .map((fault, index) => ({
      match: SCORE,
      deployment: cast[fault.who],
      seed: index + 1,
      ...(fault.kind !== "latency" && { rate: fault.amount / 100 }),
      effect: scoringEffect(fault),
    }));
}

function scoringEffect({ kind, amount }: RehearsedFault): object {
  if (kind === "latency") return { latencySeconds: amount / 1000 };
  if (kind === "wrong answers") return { wrongAnswer: true };
  return { modelError: { status: 500, message: "An unexpected error occurred in scoring script." } };
}

/** The rules for the faults of the candidate's deployment. */
export function deploymentRules(faults: readonly RehearsedFault[], { candidate }: Cast): readonly FaultRule[] {
  return faults
    .filter(({ kind }) => isOfDeployment(kind))
    .map(({ kind }) => ({
      fault: kind === "out of quota" ? "out-of-quota" : "liveness-probe",
      match: `^PUT .*/onlineEndpoints/[^/]+/deployments/${escaped(candidate)}$`,
    }));
}

function escaped(name: string): string {
  return name.replaceAll(/[^\w]/g, String.raw`\$&`);
}
