import { refuse, requireApplied } from "./move";
import type { Move } from "./move";
import type { RolloutState } from "./rolloutState";

/**
 * No candidate rises until the rollout is resumed.
 *
 * @throws Failure when the program sets the plan itself
 */
export function pause(state: RolloutState, reason: string): Move {
  requireOwnPlan(state);
  return {
    verb: "pause",
    text: `paused: ${reason}`,
    edits: [{ path: ["rollout", "paused"], value: reason }],
    ...unmoved(state),
    next: "mlflow-rollout resume, or mlflow-rollout abort",
  };
}

/** @returns undefined when it is not paused */
export function resume(state: RolloutState): Move | undefined {
  if (state.plan.paused === undefined) return undefined;
  requireOwnPlan(state);
  return {
    verb: "resume",
    text: `no longer paused (${state.plan.paused})`,
    edits: [{ path: ["rollout", "paused"] }],
    ...unmoved(state),
    next: "mlflow-rollout promote",
  };
}

/** An update would apply weights that are not applied yet, which is not what was asked for. */
function unmoved(state: RolloutState): Pick<Move, "isWeightsOnly" | "leaves"> {
  requireApplied(state);
  return { isWeightsOnly: false, leaves: state.declared };
}

function requireOwnPlan({ isPlanInProgram }: RolloutState): void {
  if (isPlanInProgram)
    refuse("the plan is set in the program and not in stack config; set rollout.paused there, then run pulumi up");
}
