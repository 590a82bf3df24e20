import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { oneLine } from "../terminal/text";
import type { MoveResult } from "../verbs/move";
import type { Move } from "../verbs/move";
import { afterAttempt } from "./afterAttempt";
import { decide } from "./decide";
import type { Turn } from "./decide";
import { restOf } from "./patience";
import type { Patience } from "./patience";
import type { RunFacts } from "./runFacts";
import { transitionOf, typeOfMade } from "./transition";
import type { Transition, TransitionType } from "./transition";

/** A turn that is an update. */
export type Act = Turn & { readonly kind: "promote" | "apply" | "finish" | "recover" | "abort" };

/** An update that was tried. */
export interface Attempt {
  readonly result: MoveResult;
  /** Left out where no verb has decided it. */
  readonly move?: Move;
}

/** What a run does with the outside world. */
export interface RunPorts {
  /** @throws Failure for what reading again does not mend */
  readonly read: () => Promise<RunFacts>;
  readonly act: (act: Act) => Promise<Attempt>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rests for some milliseconds, or until the signal. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly tell: (transition: Transition) => void;
  /** Gets what a person reads while nothing happens. */
  readonly say: (line: string) => void;
  /** Ends the run after the update under way. */
  readonly signal: AbortSignal;
}

export interface RunOptions {
  /** At most one step. */
  readonly once: boolean;
  readonly finishes: boolean;
  /** What becomes of the traffic when the time is up. */
  readonly onTimeout: "hold" | "abort";
  readonly patience: Patience;
}

/** Walks a rollout along its plan, each turn decided anew from what is live and declared, until it ends or cannot go on. */
export function runLoop(ports: RunPorts, options: RunOptions): Promise<ExitCode> {
  return new Run(ports, options).walk();
}

class Run {
  private readonly started: number;
  /** The weights that the run waits at, and since when the next step might have been taken. */
  private waiting: { readonly at: string; readonly since: number } | undefined;
  private said = "";
  /** What holds the run and at which weights, as it was told last. */
  private held = "";
  private hasRecovered = false;

  constructor(
    private readonly ports: RunPorts,
    private readonly options: RunOptions,
  ) {
    this.started = ports.now();
  }

  async walk(): Promise<ExitCode> {
    let facts = await this.ports.read();
    if (!this.options.once) this.tell("started", facts, startText(facts));
    try {
      for (;;) {
        const ended = await this.turn(facts);
        if (ended !== undefined) return ended;
        this.ports.signal.throwIfAborted();
        facts = await this.look(facts);
      }
    } catch (error) {
      if (!this.ports.signal.aborted) throw error;
      this.tell("interrupted", facts, "interrupted; the same command goes on from here");
      return EXIT.interrupted;
    }
  }

  /** @returns the exit code when the run has ended */
  private async turn(facts: RunFacts): Promise<ExitCode | undefined> {
    const wishes = { finishes: this.options.finishes, hasRecovered: this.hasRecovered };
    const turn = await this.carryOut(decide(facts, wishes), facts);
    if (turn === undefined) return this.options.once ? this.afterOne(facts) : undefined;
    if (turn.kind === "end") return this.end(turn, facts);
    if (turn.kind !== "wait" && turn.kind !== "hold") return undefined;
    return this.rest(turn, facts);
  }

  /** The end of a run of one step. */
  private async afterOne(before: RunFacts): Promise<ExitCode> {
    const facts = await this.look(before);
    const turn = decide(facts, { finishes: this.options.finishes, hasRecovered: true });
    return turn.kind === "end" ? this.end(turn, facts) : EXIT.inProgress;
  }

  /** @returns what is left to do; undefined when an update was made and the run may go on */
  private async carryOut(turn: Turn, facts: RunFacts): Promise<Turn | undefined> {
    if (!isAct(turn)) return turn;
    if (turn.kind === "recover") this.hasRecovered = true;
    this.ports.signal.throwIfAborted();
    const { result, move } = await this.ports.act(turn);
    const after = afterAttempt(turn, result);
    if (after !== undefined) return this.carryOut(after, facts);
    this.waiting = undefined;
    this.held = "";
    this.hasRecovered = turn.kind === "recover";
    const message = turn.kind === "abort" ? turn.message : (move?.text ?? turn.message);
    this.tell(typeOfMade(turn.kind, move), facts, message, move);
    if (turn.kind === "abort") return { kind: "end", end: "aborted", exitCode: EXIT.aborted, message: "" };
    if (turn.kind === "finish") return { kind: "end", end: "finished", exitCode: EXIT.done, message: "" };
    return undefined;
  }

  private end(turn: Turn & { kind: "end" }, facts: RunFacts): ExitCode {
    // What an update has just done has been told.
    if (turn.message !== "") this.tell(turn.end, facts, turn.message);
    return turn.exitCode;
  }

  private async rest(turn: Turn & { kind: "wait" | "hold" }, facts: RunFacts): Promise<ExitCode | undefined> {
    const { ports, options } = this;
    this.sayOnce(turn, facts);
    // The time of a reading may be one that is given for a single step.
    const now = options.once ? facts.now : ports.now();
    const started = options.once ? now : this.started;
    const rest = restOf(turn, options.patience, { now, started, since: this.since(turn, facts, now) });
    if ("over" in rest) return this.timedOut(rest.over, turn, facts);
    if (options.once) return turn.kind === "hold" ? EXIT.held : turn.on === "bake" ? EXIT.waiting : EXIT.inProgress;
    await ports.sleep(rest.sleep);
    return undefined;
  }

  /** Since when this step might have been taken: what one run sees, and of a gate for one step what the live weights tell. */
  private since(turn: Turn & { kind: "wait" | "hold" }, { candidate, readyAt }: RunFacts, now: number): number {
    const requests = (candidate?.live ?? 0) + (candidate?.mirrored ?? 0);
    const isAsked = turn.kind === "hold" && turn.by === "gate" && requests > 0;
    if (this.options.once) return isAsked ? Math.min(readyAt ?? now, now) : now;
    const what = turn.kind === "wait" && turn.on !== "azure" ? turn.on : "step";
    const at = `${what} ${candidate?.live}/${candidate?.mirrored}`;
    if (this.waiting?.at !== at) this.waiting = { at, since: now };
    return this.waiting.since;
  }

  private async timedOut(
    over: "step" | "all" | "stack",
    turn: Turn & { kind: "wait" | "hold" },
    facts: RunFacts,
  ): Promise<ExitCode> {
    const { message } = turn;
    if (over === "stack") return this.end({ kind: "end", end: "stopped", exitCode: EXIT.conflict, message }, facts);
    const text = `${over === "step" ? "the step" : "the run"} has timed out: ${message}`;
    // A person who has paused a rollout has decided, and whoever holds the stack is at work.
    const isOurs = turn.kind === "hold" ? turn.by === "gate" : turn.on !== "update";
    const requests = (facts.candidate?.live ?? 0) + (facts.candidate?.mirrored ?? 0);
    this.tell("timed-out", facts, text);
    if (this.options.onTimeout === "hold" || !isOurs || requests === 0) return EXIT.timedOut;
    const left = await this.carryOut({ kind: "abort", message: text }, facts);
    return left?.kind === "end" ? this.end(left, facts) : EXIT.timedOut;
  }

  /** Reads again; what cannot be read now is tried again, for as long as a step may take. */
  private async look(last: RunFacts): Promise<RunFacts> {
    try {
      return await this.ports.read();
    } catch (error) {
      this.ports.signal.throwIfAborted();
      if (error instanceof Failure) throw error;
      const message = `the rollout cannot be read, and is tried again: ${oneLine(error)}`;
      const ended = await this.rest({ kind: "wait", on: "azure", message }, last);
      if (ended !== undefined) throw new Failure(message, ended);
      return this.look(last);
    }
  }

  /** A hold is told once for each step, however often its gate is asked. */
  private sayOnce(turn: Turn & { kind: "wait" | "hold" }, facts: RunFacts): void {
    const { message } = turn;
    const held = turn.kind === "hold" ? `${turn.by} ${facts.candidate?.live}/${facts.candidate?.mirrored}` : this.held;
    if (held !== this.held) this.tell("held", facts, message);
    else if (message !== this.said) this.ports.say(message);
    this.held = held;
    this.said = message;
  }

  private tell(type: TransitionType, facts: RunFacts, message: string, move?: Move): void {
    this.ports.tell(transitionOf(type, facts, message, move));
  }
}

export function isAct(turn: Turn): turn is Act {
  return turn.kind !== "wait" && turn.kind !== "hold" && turn.kind !== "end";
}

function startText({ candidate, step, stable }: RunFacts): string {
  if (candidate === undefined) return `nothing is being rolled out${stable === undefined ? "" : ` beside ${stable}`}`;
  const { name, live, mirrored } = candidate;
  const share = mirrored > 0 ? `gets copies of ${mirrored} %` : `has ${live} %`;
  return `${name} ${share} (${step})`;
}
