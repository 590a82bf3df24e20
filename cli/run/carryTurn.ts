import type { RecoveryOptions } from "../recovery/recovery";
import { Pulumi } from "../stack/pulumi";
import type { OpenRollout } from "../stack/openRollout";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { carryOut } from "../verbs/carryOut";
import type { MoveResult } from "../verbs/move";
import { finish } from "../verbs/finish";
import { readLiveTraffic } from "../verbs/liveTraffic";
import type { Move } from "../verbs/move";
import { promote } from "../verbs/promote";
import { requireState } from "../verbs/runVerb";
import { whoRunsThis } from "../verbs/updateMessage";
import { abortedMove, appliedMove } from "./moves";
import type { Act, Attempt } from "./runLoop";
import type { Stopping } from "./stopping";

export interface CarryOptions {
  readonly stopping: Stopping;
  /** The command, for Pulumi's history. */
  readonly command: string;
  readonly output: RecoveryOptions["output"];
  readonly print: (text: string) => void;
}

/** Makes the update of a turn, as the verb of that name does. */
export async function carryTurn(act: Act, rollout: OpenRollout, options: CarryOptions): Promise<Attempt> {
  try {
    if (act.kind === "recover") return { result: await recover(rollout, options) };
    const move = moveOf(act, rollout);
    if (move === undefined) return { result: unmoved(EXIT.done, true, act.message) };
    return { move, result: await carryMove(act, move, rollout, options) };
  } catch (error) {
    // Somebody else has the stack, or has edited its file just now.
    if (error instanceof Failure && error.exitCode === EXIT.conflict)
      return { result: unmoved(EXIT.conflict, false, error.message) };
    throw error;
  }
}

/** @throws Failure when the rollout is not one that a verb can move */
function moveOf(act: Act, rollout: OpenRollout): Move | undefined {
  const state = requireState(rollout);
  if (act.kind === "abort") return abortedMove(state, act.message);
  if (act.kind === "apply") return appliedMove(state, act.message);
  return act.kind === "finish" ? finish(state) : promote(state, false);
}

function carryMove(act: Act, move: Move, rollout: OpenRollout, options: CarryOptions): Promise<MoveResult> {
  const { command, stopping, print } = options;
  const reason = act.kind === "abort" ? `abort: ${act.message}` : `${move.verb}: ${move.text}`;
  const pulumi = new Pulumi(rollout.cwd, process.env, stopping.signal, stopping.cancel);
  return carryOut(
    { ...rollout, pulumi },
    { ...move, verb: command },
    {
      asks: false,
      skipsPreview: act.kind === "abort",
      alone: true,
      reason,
      who: whoRunsThis(),
      interruption: { signal: stopping.cancel, abort: stopping.abort },
      print,
      readLive: () => readLiveTraffic(rollout),
    },
  );
}

/** What was cut off is repaired and carried out; what comes of that is for the next reading to tell. */
async function recover({ cwd, place }: OpenRollout, { output }: CarryOptions): Promise<MoveResult> {
  const { Recovery } = require("../recovery/recovery") as typeof import("../recovery/recovery");
  const repair = {
    cwd,
    stack: place.fullName,
    asks: false,
    force: false,
    command: "up",
    skipPreview: true,
    output,
  } as const;
  const { exitCode } = await new Recovery(repair).run();
  const isMade = exitCode === EXIT.done || exitCode === EXIT.failed;
  return unmoved(isMade ? EXIT.done : EXIT.degraded, isMade, "the stack could not be repaired");
}

function unmoved(exitCode: MoveResult["exitCode"], done: boolean, message: string): MoveResult {
  return { exitCode, done, configRestored: true, message };
}
