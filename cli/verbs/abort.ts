import { isServing, sameTraffic, weightOf } from "../../components/rollout/weights";
import { requireCandidate, splitOf, unmirrorEdits, weightEdits } from "./move";
import type { Move } from "./move";
import type { RolloutState } from "./rolloutState";

/**
 * All of the traffic back to the stable deployment, whatever config declares now. The candidate stays, without weight.
 *
 * @returns undefined when the candidate has no weight and no copies, declared or live
 * @throws Failure when nothing is being rolled out
 */
export function abort(state: RolloutState): Move | undefined {
  const { stable, candidate } = requireCandidate(state);
  const { declared, applied } = state;
  const leaves = { traffic: splitOf(state, stable, candidate, 0), mirrorTraffic: {} };
  if (sameTraffic(declared, leaves) && (sameTraffic(applied, leaves) || !isServing(applied))) return undefined;
  const from = Math.max(weightOf(applied.traffic, candidate), weightOf(declared.traffic, candidate));
  return {
    verb: "abort",
    text: `${candidate} ${from} -> 0, ${stable} has all of the traffic again`,
    edits: [...unmirrorEdits(state), ...weightEdits(state, stable, candidate, 0)],
    isWeightsOnly: true,
    leaves,
    next: `mlflow-rollout finish (removes ${candidate}), or mlflow-rollout promote (tries again)`,
  };
}
