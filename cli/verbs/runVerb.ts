import { formatTraffic } from "../../components/rollout/weights";
import { Interruption } from "../stack/interruption";
import { openRollout } from "../stack/openRollout";
import type { OpenRollout, RolloutChoice } from "../stack/openRollout";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { carryOut } from "./carryOut";
import type { MoveResult } from "./carryOut";
import { readLiveTraffic } from "./liveTraffic";
import type { Move } from "./move";
import { linesThatSet } from "./programLines";
import { rolloutStateOf } from "./rolloutState";
import type { RolloutState } from "./rolloutState";
import { whoRunsThis } from "./updateMessage";

export interface VerbOptions extends RolloutChoice {
  readonly verb: string;
  readonly yes: boolean;
  readonly json: boolean;
  readonly reason?: string;
  /** Said when there is nothing to do. */
  readonly idle?: string;
}

/** What a verb decides, given what is declared; undefined when there is nothing to do. */
export type Decide = (state: RolloutState, rollout: OpenRollout) => Move | undefined;

/** What a verb with `--json` prints. */
export interface VerbResult extends MoveResult {
  readonly verb: string;
  readonly stack: string;
  readonly component: string;
  /** In one line; left out when there was nothing to do. */
  readonly move?: string;
}

/**
 * Runs a verb: opens the rollout, decides, and carries the move out.
 *
 * @throws Failure for everything that is refused before a preview
 */
export async function runVerb(options: VerbOptions, decide: Decide): Promise<ExitCode> {
  requireAnswer(options);
  const interruption = new Interruption(options.verb);
  const print = (text: string): void => void (options.json ? process.stderr : process.stdout).write(text);
  try {
    const rollout = await openRollout(options, interruption.signal);
    const state = requireState(rollout);
    const result = await decided(options, decide, { rollout, state, interruption, print });
    print(`${result.message}\n`);
    if (options.json) console.log(JSON.stringify(result));
    return result.exitCode;
  } finally {
    interruption.stop();
  }
}

interface Opened {
  readonly rollout: OpenRollout;
  readonly state: RolloutState;
  readonly interruption: Interruption;
  readonly print: (text: string) => void;
}

async function decided(options: VerbOptions, decide: Decide, opened: Opened): Promise<VerbResult> {
  const { rollout, state, interruption, print } = opened;
  const { verb, yes, reason, idle = "nothing to do" } = options;
  const about = { verb, stack: rollout.place.fullName, component: state.component };
  const move = decide(state, rollout);
  if (move === undefined)
    return {
      ...about,
      exitCode: EXIT.done,
      done: true,
      configRestored: true,
      message: `${idle}: ${formatTraffic(state.declared)}`,
    };
  const result = await carryOut(rollout, move, {
    asks: !yes,
    skipsPreview: verb === "abort" && yes,
    reason: reason ?? move.text,
    who: whoRunsThis(),
    interruption,
    print,
    readLive: () => readLiveTraffic(rollout),
  });
  return { ...about, ...result, move: move.text };
}

function requireAnswer({ verb, yes, json }: VerbOptions): void {
  if (yes || (!json && process.stdin.isTTY)) return;
  throw new Failure(`${verb} asks before it writes; run it in a terminal without --json, or give --yes`, EXIT.usage);
}

/** @throws Failure before the first update, and where the program holds what the verb would edit */
function requireState(rollout: OpenRollout): RolloutState {
  const state = rolloutStateOf(rollout);
  if (state === undefined)
    throw new Failure(`stack ${rollout.place.fullName} has no endpoint yet; run "pulumi up" first`, EXIT.refused);
  const [held, ...others] = state.inProgram;
  if (held === undefined) return state;
  const what = [held, ...others].join(" and ");
  const lines = linesThatSet(rollout.cwd, [held, ...others]).map((line) => `\n  ${line}`);
  throw new Failure(
    `${what} of ${state.component} are set in the program and not in stack config; change them there and run "pulumi up", ` +
      `or let the program take them from config with readRollout()${lines.length > 0 ? ":" : ""}${lines.join("")}`,
    EXIT.refused,
  );
}
