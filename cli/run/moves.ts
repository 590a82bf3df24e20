import { abort } from "../verbs/abort";
import type { Move } from "../verbs/move";
import type { RolloutState } from "../verbs/rolloutState";
import { abortMark } from "./abortMark";

/**
 * All of the traffic back to the stable deployment, and the reason in `rollout.paused`: until a person resumes, no run takes
 * a step again. Where the program sets the plan, config cannot hold the reason.
 *
 * @returns undefined when there is nothing to give back and the reason stands there already
 * @throws Failure when nothing is being rolled out
 */
export function abortedMove(state: RolloutState, reason: string): Move | undefined {
  const { plan, isPlanInProgram, declared, component } = state;
  const move = abort(state);
  const mark = abortMark(reason);
  if (isPlanInProgram || plan.paused === mark) return move;
  const edit = { path: ["rollout", "paused"], value: mark } as const;
  if (move !== undefined) return { ...move, edits: [...move.edits, edit] };
  const text = `${component} is paused: ${mark}`;
  const next = "mlflow-rollout finish, or mlflow-rollout resume";
  return { verb: "abort", text, edits: [edit], isWeightsOnly: false, leaves: declared, next };
}

/** What stack config declares, as it stands there. */
export function appliedMove({ declared }: RolloutState, what: string): Move {
  return {
    verb: "apply",
    text: `stack config asks for what no update has begun: ${what}`,
    edits: [],
    isWeightsOnly: false,
    leaves: declared,
    next: "mlflow-rollout promote",
  };
}
