import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { oneLine } from "../terminal/text";
import { afterAttempt } from "../run/afterAttempt";
import type { Turn } from "../run/decide";
import { restOf } from "../run/patience";
import { isAct } from "../run/runLoop";
import type { Act, Attempt, RunOptions } from "../run/runLoop";
import { transitionOf, typeOfMade } from "../run/transition";
import type { Transition } from "../run/transition";
import { decideFleet, failureOf } from "./decideFleet";
import type { FleetFailure, FleetTurn, MemberReading, MemberTurn } from "./decideFleet";
import { stackKey } from "./fleet";
import type { Fleet, PlacedMember } from "./fleet";
import { inTurns, lanesOf } from "./inTurns";

/** What a fleet does with the outside world. */
export interface FleetPorts {
  /** Reads all members. @throws Failure for what reading again does not mend */
  readonly read: () => Promise<readonly MemberReading[]>;
  /**
   * Takes the turn of a member.
   *
   * @param decideAgain - for a member whose stack has moved since it was read: its turn by what is there now
   * @returns undefined when that is no act any more
   */
  readonly act: (
    member: PlacedMember,
    act: Act,
    decideAgain?: (reading: MemberReading) => Turn,
  ) => Promise<Attempt | undefined>;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly tell: (member: PlacedMember, transition: Transition) => void;
  readonly say: (line: string) => void;
  /** Shows where everything is. */
  readonly show: (turn: FleetTurn, readings: readonly MemberReading[]) => void;
  readonly signal: AbortSignal;
}

export type FleetOptions = Pick<RunOptions, "onTimeout" | "patience">;

/** What has become of a member's turn. */
interface Outcome extends MemberReading {
  readonly turn: Turn;
}

/** Walks all rollouts of a fleet, wave after wave, until all are done or one cannot go on. */
export class FleetLoop {
  private readonly started: number;
  private metAt: ReadonlyMap<number, number> = new Map();
  private readonly recovered = new Set<string>();
  private readonly completed = new Set<string>();
  private failure: FleetFailure | undefined;
  /** By member: at which weights it waits, and since when its step might have been taken. */
  private readonly waiting = new Map<string, { readonly at: string; readonly since: number; readonly told: boolean }>();

  /** @param reason - why all of it is given back from the beginning */
  constructor(
    private readonly fleet: Fleet,
    private readonly ports: FleetPorts,
    private readonly options: FleetOptions,
    reason?: string,
  ) {
    this.started = ports.now();
    this.failure = reason === undefined ? undefined : { reason };
  }

  async walk(): Promise<ExitCode> {
    let readings = await this.ports.read();
    for (;;) {
      const ended = await this.turn(readings);
      if (ended !== undefined) return ended;
      this.ports.signal.throwIfAborted();
      readings = await this.look();
    }
  }

  /** Reads again; what cannot be read now is tried again, for as long as a step may take. */
  private async look(): Promise<readonly MemberReading[]> {
    const { ports, options } = this;
    const since = ports.now();
    for (;;) {
      try {
        return await ports.read();
      } catch (error) {
        ports.signal.throwIfAborted();
        if (error instanceof Failure) throw error;
        if (ports.now() - since >= options.patience.step) throw new Failure(oneLine(error), EXIT.timedOut);
        ports.say(`the fleet cannot be read, and is tried again: ${oneLine(error)}`);
        await ports.sleep(options.patience.interval);
      }
    }
  }

  private async turn(readings: readonly MemberReading[]): Promise<ExitCode | undefined> {
    const { metAt, recovered, failure } = this;
    const decided = decideFleet(this.fleet, readings, { metAt, recovered, failure });
    this.ports.show(decided, readings);
    if (decided.kind === "go") this.metAt = decided.metAt;
    const outcomes = await this.takeTurns(decided.turns);
    this.tellCompleted(outcomes);
    const stopped = outcomes.find(({ turn }) => turn.kind === "end" && turn.end === "stopped");
    if (decided.kind === "abort") return this.afterWayBack(decided.turns, outcomes, stopped);
    if (this.failure !== undefined) return undefined;
    if (stopped?.turn.kind === "end") return this.told(stopped, stopped.turn.exitCode);
    if (outcomes.length < decided.turns.length) return undefined;
    const isOver = decided.open === this.fleet.waves.length && outcomes.every(({ turn }) => turn.kind === "end");
    return isOver ? EXIT.done : this.rest(outcomes, decided.opensAt);
  }

  private tellCompleted(outcomes: readonly Outcome[]): void {
    for (const { member, facts, turn } of outcomes) {
      const isNew = turn.kind === "end" && turn.end === "completed" && !this.completed.has(member.id);
      if (!isNew || facts.candidate === undefined) continue;
      this.completed.add(member.id);
      this.ports.tell(member, transitionOf("completed", facts, turn.message));
    }
  }

  /** @returns what is left of the turns that were not made */
  private async takeTurns(turns: readonly MemberTurn[]): Promise<readonly Outcome[]> {
    const left: Outcome[] = turns.filter(({ turn }) => !isAct(turn));
    const acts = turns.filter(({ turn }) => isAct(turn));
    const failedBefore = this.failure;
    await inTurns(
      lanesOf(acts, ({ member }) => stackKey(member)),
      this.fleet.concurrency,
      async (reading, place) => {
        // A gate that failed elsewhere ends what has not begun.
        if (this.failure !== failedBefore || this.ports.signal.aborted) return;
        const after = await this.take(reading, place);
        if (after !== undefined) left.push({ ...reading, turn: after });
      },
    );
    return left;
  }

  private async take({ member, facts, turn }: MemberTurn, place: number): Promise<Turn | undefined> {
    if (!isAct(turn)) return turn;
    if (turn.kind === "recover") this.recovered.add(member.id);
    const attempt = await this.ports.act(
      member,
      turn,
      place === 0 ? undefined : (reading) => this.decideAgain(reading),
    );
    if (attempt === undefined) return undefined;
    const { result, move } = attempt;
    const after = afterAttempt(turn, result);
    if (after?.kind === "abort") this.failure ??= failureOf(member, after.message);
    if (after !== undefined) return after;
    this.waiting.delete(member.id);
    if (turn.kind !== "recover") this.recovered.delete(member.id);
    const message = turn.kind === "abort" ? turn.message : (move?.text ?? turn.message);
    this.ports.tell(member, transitionOf(typeOfMade(turn.kind, move), facts, message, move));
    if (turn.kind === "abort") this.failure ??= failureOf(member, message);
    return undefined;
  }

  private decideAgain(reading: MemberReading): Turn {
    const { metAt, recovered, failure } = this;
    const open: Fleet = { ...this.fleet, waves: [{ start: undefined, members: [reading.member] }] };
    const alone = { ...reading, member: { ...reading.member, wave: 0 } };
    const [turn] = decideFleet(open, [alone], { metAt, recovered, failure }).turns;
    return turn?.turn ?? { kind: "wait", on: "update", message: "nothing is left to do" };
  }

  /** The way back is over when nothing is left that can be done. */
  private async afterWayBack(
    turns: readonly MemberTurn[],
    outcomes: readonly Outcome[],
    stopped: Outcome | undefined,
  ): Promise<ExitCode | undefined> {
    const waits = outcomes.filter(({ turn }) => turn.kind === "wait" || turn.kind === "hold");
    const made = turns.length - outcomes.length;
    if (made > 0) return undefined;
    if (waits.length > 0) return this.rest(waits, undefined);
    return stopped?.turn.kind === "end" ? this.told(stopped, stopped.turn.exitCode) : EXIT.aborted;
  }

  private async rest(outcomes: readonly Outcome[], opensAt: number | undefined): Promise<ExitCode | undefined> {
    const { ports, options } = this;
    const now = ports.now();
    const ends = this.started + options.patience.all;
    let sleep = Math.min(options.patience.interval, ends - now, Math.max(1000, (opensAt ?? ends) - now));
    for (const outcome of outcomes) {
      const { turn } = outcome;
      if (turn.kind !== "wait" && turn.kind !== "hold") continue;
      const rest = restOf(turn, options.patience, { now, started: this.started, since: this.since(outcome, turn) });
      if ("over" in rest) return this.timedOut(outcome, turn, rest.over);
      sleep = Math.min(sleep, rest.sleep);
    }
    if (now >= ends) return EXIT.timedOut;
    await ports.sleep(sleep);
    return undefined;
  }

  private since({ member, facts }: Outcome, turn: Turn & { kind: "wait" | "hold" }): number {
    const what = turn.kind === "wait" && turn.on !== "azure" ? turn.on : "step";
    const at = `${what} ${facts.candidate?.live}/${facts.candidate?.mirrored}`;
    const known = this.waiting.get(member.id);
    if (known?.at === at && (known.told || turn.kind === "wait")) return known.since;
    const since = known?.at === at ? known.since : this.ports.now();
    if (turn.kind === "hold") this.ports.tell(member, transitionOf("held", facts, turn.message));
    this.waiting.set(member.id, { at, since, told: turn.kind === "hold" });
    return since;
  }

  private timedOut(
    outcome: Outcome,
    turn: Turn & { kind: "wait" | "hold" },
    over: "step" | "all" | "stack",
  ): ExitCode | undefined {
    const { member, facts } = outcome;
    if (over === "stack") return this.told({ ...outcome, turn }, EXIT.conflict);
    const text = `${over === "step" ? "the step" : "the fleet"} has timed out: ${turn.message}`;
    this.ports.tell(member, transitionOf("timed-out", facts, text));
    const isOurs = turn.kind === "hold" ? turn.by === "gate" : turn.on !== "update";
    if (this.options.onTimeout === "hold" || !isOurs || this.failure !== undefined) return EXIT.timedOut;
    this.failure = failureOf(member, text);
    return undefined;
  }

  private told({ member, facts, turn }: Outcome, exitCode: ExitCode): ExitCode {
    this.ports.tell(member, transitionOf("stopped", facts, turn.message));
    return exitCode;
  }
}
