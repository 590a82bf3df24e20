import { parseRollout } from "../../components/config/rolloutValues";
import type { OpenRollout } from "../stack/openRollout";
import { withWritten } from "../status/declaration";
import type { Move } from "./move";
import { rolloutStateOf } from "./rolloutState";
import type { RolloutState } from "./rolloutState";

/** More moves than any way back needs. */
const MAX_MOVES = 20;

/** All moves to come, each decided from what the one before it leaves. Nothing is written. */
export function foresee(rollout: OpenRollout, next: (state: RolloutState) => Move | undefined): readonly Move[] {
  const moves: Move[] = [];
  for (let at = rollout; moves.length < MAX_MOVES;) {
    const state = rolloutStateOf(at);
    const move = state && next(state);
    if (move === undefined) return moves;
    moves.push(move);
    at = afterMove(at, move);
  }
  return moves;
}

/** The rollout as it will be once a move is made. */
function afterMove(rollout: OpenRollout, { edits, leaves }: Move): OpenRollout {
  const { component, namespace } = rollout;
  const file = rollout.file.withText(rollout.file.edited(namespace, edits));
  const config = file.config(namespace);
  return {
    ...rollout,
    file,
    declared: parseRollout((key) => config[key]).values,
    state: component === undefined ? rollout.state : withWritten(rollout.state, component, leaves),
  };
}
