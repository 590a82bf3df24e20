import type { ExitCode } from "../terminal/exitCodes";
import { foresee } from "./foresee";
import { readUpdates } from "./readUpdates";
import { runMoves } from "./runVerb";
import type { VerbOptions } from "./runVerb";
import { chooseUpdate, targetOf } from "./target";
import { isDeclaredNow, undoMove } from "./undo";

/**
 * Undoes to an earlier update, in as many updates as that takes. Each is decided from what is there, so one that was
 * interrupted goes on when it is typed again.
 *
 * @throws Failure when there is no such update
 */
export async function runUndo(options: VerbOptions & { readonly to?: number }): Promise<ExitCode> {
  return runMoves({ ...options, idle: "nothing to undo" }, async (state, rollout) => {
    const update = chooseUpdate(await readUpdates(rollout), {
      number: options.to,
      isNow: (target) => isDeclaredNow(state, target),
      isOver: state.candidates.length === 0,
    });
    const target = targetOf(update);
    return {
      text: `to update ${update.number}: ${target.map(({ name, version, weight }) => `version ${version} in ${name} ${weight}`).join(", ")}`,
      moves: foresee(rollout, (each) => undoMove(each, target)),
      next: (each) => undoMove(each, target),
    };
  });
}
