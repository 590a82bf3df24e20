import { listTraffic } from "../../components/rollout/message";
import { Interruption, confirm } from "../stack/interruption";
import { openRollout } from "../stack/openRollout";
import type { OpenRollout, RolloutChoice } from "../stack/openRollout";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { carryOut } from "./carryOut";
import type { CarryOutOptions } from "./carryOut";
import { requireFree } from "./free";
import { readLiveTraffic } from "./liveTraffic";
import type { Move, MoveResult } from "./move";
import { linesThatSet } from "./programLines";
import { rolloutStateOf } from "./rolloutState";
import type { RolloutState } from "./rolloutState";
import { whoRunsThis } from "./updateMessage";
import { failedResult } from "./verbResult";
import type { VerbResult } from "./verbResult";

export interface VerbOptions extends RolloutChoice {
  readonly verb: string;
  readonly yes: boolean;
  readonly json: boolean;
  readonly reason?: string;
  /** Said when there is nothing to do. */
  readonly idle?: string;
  /** Looks at what was typed, before the stack is opened. @throws Failure */
  readonly check?: () => void;
}

/** What a verb decides, given what is declared; undefined when there is nothing to do. */
export type Decide = (state: RolloutState, rollout: OpenRollout) => Move | undefined;

/** Several moves, of which each is decided anew from what the one before it left. */
export interface MovePlan {
  readonly text: string;
  /** As foreseen, to be named before the first one is made. */
  readonly moves: readonly Move[];
  readonly next: Decide;
}

/**
 * Runs a verb: opens the rollout, decides, and carries the move out.
 *
 * @param again - what is decided instead when the preview refuses the first move; undefined when that is final
 * @throws Failure for everything that is refused before a preview
 */
export function runVerb(
  options: VerbOptions,
  decide: Decide,
  again?: (refusals: readonly string[]) => { readonly why: string; readonly decide: Decide } | undefined,
): Promise<ExitCode> {
  return withRollout(options, async (opened) => {
    const attempt = async (decided: Decide): Promise<VerbResult> => {
      const move = decided(opened.state, opened.rollout);
      if (move === undefined) return idle(opened);
      return resultOf(opened, [move], await carryOut(opened.rollout, move, carrying(opened, move, !options.yes)));
    };
    const result = await attempt(decide);
    const other = again?.(result.refusals ?? []);
    if (other === undefined) return result;
    opened.print(`${other.why}\n`);
    return attempt(other.decide);
  });
}

/** Runs a verb of several moves, until one of them fails or none is left. */
export function runMoves(
  options: VerbOptions,
  plan: (state: RolloutState, rollout: OpenRollout) => Promise<MovePlan>,
): Promise<ExitCode> {
  return withRollout(options, async (opened) => {
    const { text, moves, next } = await plan(opened.state, opened.rollout);
    if (moves.length === 0) return idle(opened);
    opened.print(`${options.verb} ${text}\n`);
    for (const [index, move] of moves.entries()) opened.print(`  ${index + 1}. ${move.text}\n`);
    // One move asks when its preview is shown; of several the list is what a person decides on.
    const asksOnce = !options.yes && moves.length > 1;
    if (asksOnce && !(await confirm(`${moves.length} updates?`, opened.interruption)))
      return resultOf(opened, [], {
        exitCode: EXIT.refused,
        done: false,
        configRestored: true,
        message: "declined; nothing was written",
      });
    const made: Move[] = [];
    let result: MoveResult | undefined;
    for (let at = opened; result?.done ?? true; at = await reopened(at)) {
      const move = next(at.state, at.rollout);
      if (move === undefined) break;
      made.push(move);
      result = await carryOut(at.rollout, move, carrying(at, move, !options.yes && !asksOnce));
    }
    return result === undefined ? idle(opened) : resultOf(opened, made, result);
  });
}

interface Opened {
  readonly options: VerbOptions;
  readonly rollout: OpenRollout;
  readonly state: RolloutState;
  readonly interruption: Interruption;
  readonly print: (text: string) => void;
}

async function withRollout(options: VerbOptions, run: (opened: Opened) => Promise<VerbResult>): Promise<ExitCode> {
  const interruption = new Interruption(options.verb);
  const print = (text: string): void => void (options.json ? process.stderr : process.stdout).write(text);
  let rollout: OpenRollout | undefined;
  try {
    requireAnswer(options);
    options.check?.();
    rollout = await openRollout(options, interruption.signal);
    // What is applied is not known before the other update has ended.
    requireFree(rollout);
    const result = await run({ options, rollout, state: requireState(rollout), interruption, print });
    print(`${result.message}\n`);
    if (options.json) console.log(JSON.stringify(result));
    return result.exitCode;
  } catch (error) {
    if (options.json) console.log(JSON.stringify(failedResult(options, rollout, error)));
    throw error;
  } finally {
    interruption.stop();
  }
}

async function reopened(opened: Opened): Promise<Opened> {
  const rollout = await openRollout(opened.options, opened.interruption.signal);
  return { ...opened, rollout, state: requireState(rollout) };
}

function carrying({ options, rollout, interruption, print }: Opened, move: Move, asks: boolean): CarryOutOptions {
  return {
    asks,
    skipsPreview: move.verb === "abort" && options.yes,
    reason: options.reason ?? move.text,
    who: whoRunsThis(),
    interruption,
    print,
    readLive: () => readLiveTraffic(rollout),
  };
}

function idle({ options, rollout, state }: Opened): VerbResult {
  const { verb, idle: said = "nothing to do" } = options;
  const message = `${said}: ${listTraffic(state.declared)}`;
  const about = { verb, stack: rollout.place.fullName, component: state.component };
  return { ...about, moves: [], exitCode: EXIT.done, done: true, configRestored: true, message };
}

function resultOf({ options, rollout, state }: Opened, moves: readonly Move[], result: MoveResult): VerbResult {
  const about = { verb: options.verb, stack: rollout.place.fullName, component: state.component };
  return { ...about, moves: moves.map(({ text }) => text), ...result };
}

function requireAnswer({ verb, yes, json }: VerbOptions): void {
  if (yes || (!json && process.stdin.isTTY)) return;
  throw new Failure(`${verb} asks before it writes; run it in a terminal without --json, or give --yes`, EXIT.usage);
}

/** @throws Failure before the first update, and where the program holds what the verb would edit */
export function requireState(rollout: OpenRollout): RolloutState {
  const state = rolloutStateOf(rollout);
  if (state === undefined)
    throw new Failure(`stack ${rollout.place.fullName} has no endpoint yet; run "pulumi up" first`, EXIT.refused);
  if (state.inProgram.length === 0) return state;
  const what = state.inProgram.join(" and ");
  const lines = linesThatSet(rollout.cwd, state.inProgram).map((line) => `\n  ${line}`);
  throw new Failure(
    `${what} of ${state.component} are set in the program and not in stack config; change them there and run "pulumi up", ` +
      `or let the program take them from config with readRollout()${lines.length > 0 ? ":" : ""}${lines.join("")}`,
    EXIT.refused,
  );
}
