import { describePosition, positionOf } from "../../components/rollout/position";
import { weightOf } from "../../components/rollout/weights";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { refuse, requireApplied, requireCandidate, splitOf, unmirrorEdits, weightEdits } from "./move";
import type { Move } from "./move";
import type { RolloutState } from "./rolloutState";

/**
 * The next stage of the plan, or all of the traffic at once.
 *
 * @throws Failure when nothing is left to promote, the rollout is paused, or config is not applied yet
 */
export function promote(state: RolloutState, isFull: boolean): Move {
  const { stable, candidate } = requireCandidate(state);
  const { declared, plan, maxIncrease } = state;
  const weight = weightOf(declared.traffic, candidate);
  const mirrored = weightOf(declared.mirrorTraffic, candidate);
  if (plan.paused !== undefined)
    throw new Failure(`the rollout is paused: ${plan.paused}; "mlflow-rollout resume" goes on`, EXIT.waiting);
  requireApplied(state);
  const { next } = positionOf(plan, weight, mirrored);
  if (next === undefined) refuse(`${candidate} has all of the traffic; "mlflow-rollout finish" removes ${stable}`);
  if (next.kind === "mirror" && !isFull)
    return {
      verb: "promote",
      text: `${next.percent} % of the requests are copied to ${candidate}`,
      edits: [{ path: ["mirrorTraffic", candidate], value: next.percent }],
      isWeightsOnly: true,
      leaves: { traffic: declared.traffic, mirrorTraffic: { [candidate]: next.percent } },
      next: "mlflow-rollout promote",
    };
  const aim = isFull ? 100 : next.percent;
  // Never more than the program allows; `--full` is refused by the rule itself, which says so.
  const raised = isFull || next.kind === "mirror" ? aim : Math.min(aim, weight + maxIncrease);
  return {
    verb: "promote",
    text: `${candidate} ${weight} -> ${raised} (${describePosition(positionOf(plan, raised, 0), raised)})`,
    edits: [...unmirrorEdits(state), ...weightEdits(state, stable, candidate, raised)],
    isWeightsOnly: true,
    leaves: { traffic: splitOf(state, stable, candidate, raised), mirrorTraffic: {} },
    next: raised === 100 ? "mlflow-rollout finish" : "mlflow-rollout promote",
  };
}
