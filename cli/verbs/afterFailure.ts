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

/** What becomes of stack config. */
type Outcome =
  | { readonly puts: "back"; readonly exitCode: ExitCode; readonly why: string; readonly hasBegun: boolean }
  | { readonly puts: "nothing back"; readonly why: string };

/** Config is put back when nothing of the move reached Azure, and kept when something did: then it says what was asked for. */
export async function afterFailure(
  rollout: OpenRollout,
  { move, written, result, message }: FailedUpdate,
  { readLive, print, interruption }: FailureOptions,
): Promise<MoveResult> {
  const hasWritten = result.written.length + result.running.length > 0;
  const live = move.isWeightsOnly && hasWritten ? await readLive() : undefined;
  const isInterrupted = interruption.signal.aborted;
  const outcome = outcomeOf({ move, result, live, stack: rollout.place.fullName, isInterrupted });
  if (heldBy(result.text) === undefined) for (const error of result.errors) print(`  failed: ${indented(error)}\n`);
  if (outcome.puts === "nothing back") {
    const kept = 'stack config says what was asked for, "mlflow-rollout recover" goes on';
    const exitCode = isInterrupted ? EXIT.interrupted : EXIT.degraded;
    return { exitCode, done: false, configRestored: false, message: `${outcome.why}; ${kept}` };
  }
  const configRestored = rollout.file.restore(written);
  if (configRestored && outcome.hasBegun && !isInterrupted) await takeBack(rollout, message);
  const config = configRestored
    ? `stack config is as it was${isInterrupted ? ', "mlflow-rollout recover" puts the state right' : ""}`
    : `${rollout.file.file} was changed by somebody else meanwhile and is left as it is`;
  const exitCode = isInterrupted ? EXIT.interrupted : outcome.exitCode;
  const refusals = hasWritten || result.errors.length === 0 ? {} : { refusals: result.errors };
  return { exitCode, done: false, configRestored, message: `${outcome.why}; ${config}`, ...refusals };
}

interface Facts extends Pick<FailedUpdate, "move" | "result"> {
  readonly live: TrafficState | undefined;
  readonly stack: string;
  readonly isInterrupted: boolean;
}

function outcomeOf({ move, result, live, stack, isInterrupted }: Facts): Outcome {
  const { written, running, errors, text } = result;
  const holder = heldBy(text);
  const back = (exitCode: ExitCode, why: string, hasBegun: boolean): Outcome => ({
    puts: "back",
    ...{ exitCode, why, hasBegun },
  });
  if (holder !== undefined) return back(EXIT.conflict, `${stack} is held by ${holder}; nothing was written`, false);
  if (written.length === 0 && running.length === 0)
    return errors.length === 0
      ? back(EXIT.failed, `the update did not begin: ${text.trim()}`, false)
      : back(exitCodeOf(errors), `${isInterrupted ? "interrupted" : "refused"}; nothing was written`, true);
  if (live !== undefined && !sameTraffic(live, move.leaves))
    return back(EXIT.degraded, `the update failed, the live traffic is ${listTraffic(live)}`, true);
  const is = live === undefined ? "Azure may have changed" : `the live traffic is ${listTraffic(live)}`;
  return { puts: "nothing back", why: `the update failed after it had begun to write: ${is}` };
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
