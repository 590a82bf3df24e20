import { listTraffic } from "../../components/rollout/message";
import { sameTraffic } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import type { Interruption } from "../stack/interruption";
import type { OpenRollout } from "../stack/openRollout";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import type { Move, MoveResult } from "./move";
import { exitCodeOf, heldBy } from "./refusal";
import { indented } from "./texts";
import { runUpdate } from "./update";
import type { UpdateResult } from "./update";

/** An update that failed. */
export interface FailedUpdate {
  readonly move: Move;
  /** What stack config was given for it. */
  readonly written: string;
  readonly result: UpdateResult;
  /** For the update that takes it back. */
  readonly message: string;
}

interface FailureOptions {
  readonly interruption: Pick<Interruption, "signal">;
  readonly print: (text: string) => void;
  readonly readLive: () => Promise<TrafficState | undefined>;
}

/** Config is put back when nothing of the move reached Azure, and kept when something did: then it says what was asked for. */
export async function afterFailure(
  rollout: OpenRollout,
  { move, written, result, message }: FailedUpdate,
  { readLive, print, interruption }: FailureOptions,
): Promise<MoveResult> {
  const hasWritten = result.written.length + result.running.length > 0;
  const live = move.isWeightsOnly && hasWritten ? await readLive() : undefined;
  const isInterrupted = interruption.signal.aborted;
  const { why, exitCode, isKept, hasBegun } = outcomeOf({
    ...{ result, leaves: move.leaves, live, stack: rollout.place.fullName, isInterrupted },
  });
  if (heldBy(result.text) === undefined) for (const error of result.errors) print(`  failed: ${indented(error)}\n`);
  if (isKept) {
    const kept = 'stack config says what was asked for, "mlflow-rollout recover" goes on';
    return { exitCode, done: false, configRestored: false, message: `${why}; ${kept}` };
  }
  const configRestored = rollout.file.restore(written);
  if (configRestored && hasBegun && !isInterrupted) await takeBack(rollout, message);
  const config = configRestored
    ? `stack config is as it was${isInterrupted ? ', "mlflow-rollout recover" puts the state right' : ""}`
    : `${rollout.file.file} was changed by somebody else meanwhile and is left as it is`;
  const refusals = hasWritten || result.errors.length === 0 ? {} : { refusals: result.errors };
  return { exitCode, done: false, configRestored, message: `${why}; ${config}`, ...refusals };
}

/** What decides what becomes of a failed update. */
export interface Failed {
  readonly result: Pick<UpdateResult, "written" | "running" | "errors" | "text">;
  /** What would have been live. */
  readonly leaves: TrafficState;
  /** What is live; undefined when it was not read or cannot tell. */
  readonly live: TrafficState | undefined;
  readonly stack: string;
  readonly isInterrupted: boolean;
}

/** What became of it. */
export interface Outcome {
  readonly why: string;
  readonly exitCode: ExitCode;
  /** Whether stack config stays as it is, since Azure may have what it asks for. */
  readonly isKept: boolean;
  /** Whether the engine began, and has written the state. */
  readonly hasBegun: boolean;
}

export function outcomeOf({ result, leaves, live, stack, isInterrupted }: Failed): Outcome {
  const { written, running, errors, text } = result;
  const ended = (exitCode: ExitCode, why: string, { isKept = false, hasBegun = true } = {}): Outcome => ({
    ...{ why, isKept, hasBegun },
    exitCode: isInterrupted ? EXIT.interrupted : exitCode,
  });
  const holder = heldBy(text);
  if (holder !== undefined)
    return ended(EXIT.conflict, `${stack} is held by ${holder}; nothing was written`, { hasBegun: false });
  if (written.length + running.length === 0)
    return errors.length === 0
      ? ended(EXIT.failed, `the update did not begin: ${text.trim()}`, { hasBegun: false })
      : ended(exitCodeOf(errors), `${isInterrupted ? "interrupted" : "refused"}; nothing was written`);
  if (live !== undefined && !sameTraffic(live, leaves))
    return ended(EXIT.degraded, `the update failed, the live traffic is ${listTraffic(live)}`);
  const is = live === undefined ? "Azure may have changed" : `the live traffic is ${listTraffic(live)}`;
  return ended(EXIT.degraded, `the update failed after it had begun to write: ${is}`, { isKept: true });
}

/**
 * The failed update has left the component's new arguments in the state, which a preview would show as a change. An
 * update of the component alone puts them back; nothing of Azure belongs to it. One that fails changes nothing for the
 * worse.
 */
async function takeBack({ pulumi, place, component }: OpenRollout, message: string): Promise<void> {
  if (component === undefined) return;
  const targets = [component.urn];
  await runUpdate(pulumi, { stack: place.fullName, message, targets, say: () => undefined });
}
