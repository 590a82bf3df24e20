import { abortMark, abortReason } from "../run/abortMark";
import { decide } from "../run/decide";
import type { Turn } from "../run/decide";
import type { RunFacts } from "../run/runFacts";
import type { Fleet, PlacedMember, WaveGoal } from "./fleet";

/** One reading of a member. */
export interface MemberReading {
  readonly member: PlacedMember;
  readonly facts: RunFacts;
}

/** What one run of the command has seen; whatever of it a restart forgets is found again from the live weights. */
export interface FleetMemory {
  /** By wave: when the one before it was first seen to be far enough, in milliseconds since 1970. */
  readonly metAt: ReadonlyMap<number, number>;
  /** Members that were repaired. */
  readonly recovered: ReadonlySet<string>;
  /** Why all of it is to be given back, when this run has found a reason. */
  readonly failure: FleetFailure | undefined;
}

/** Why a fleet gives everything back. */
export interface FleetFailure {
  readonly reason: string;
  /** The member where it was found; undefined when a person has said so. */
  readonly id?: string;
}

/** What a fleet does next. */
export type FleetTurn =
  /** Everything that has been started is given back; with nothing left to do or to wait for, that is over. */
  | { readonly kind: "abort"; readonly reason: string; readonly turns: readonly MemberTurn[] }
  /** Each member of a wave that has started takes its turn. */
  | {
      readonly kind: "go";
      readonly turns: readonly MemberTurn[];
      /** Waves that have started. */
      readonly open: number;
      /** When the next wave starts, as far as that is known. */
      readonly opensAt: number | undefined;
      readonly metAt: ReadonlyMap<number, number>;
    };

export interface MemberTurn extends MemberReading {
  readonly turn: Turn;
}

/** Decides a turn of all members together, from what is live and declared of each. */
export function decideFleet(fleet: Fleet, readings: readonly MemberReading[], memory: FleetMemory): FleetTurn {
  const failure = memory.failure ?? abortedBefore(readings);
  if (failure !== undefined)
    return { kind: "abort", reason: failure.reason, turns: wayBack(readings, failure, memory.recovered) };
  const { open, opensAt, metAt } = openWaves(fleet, readings, memory.metAt);
  const turns = readings
    .filter(({ member }) => member.wave < open)
    .map((reading) => {
      const hasRecovered = memory.recovered.has(reading.member.id);
      return { ...reading, turn: decide(reading.facts, { finishes: false, hasRecovered }) };
    });
  return { kind: "go", turns, open, opensAt, metAt };
}

/** A fleet that was killed while it gave everything back goes on with that. */
function abortedBefore(readings: readonly MemberReading[]): FleetFailure | undefined {
  for (const { member, facts } of readings) {
    const reason = abortReason(facts.paused);
    if (reason !== undefined) return failureOf(member, reason);
  }
  return undefined;
}

/** A failure as all members have it: its reason names the one where it was found. */
export function failureOf({ id }: PlacedMember, reason: string): FleetFailure {
  return { id, reason: reason.startsWith("fleet: ") ? reason : `fleet: ${id}: ${reason}` };
}

/** What is left to give back: a member that was never started is not touched. */
function wayBack(
  readings: readonly MemberReading[],
  { id, reason }: FleetFailure,
  recovered: ReadonlySet<string>,
): readonly MemberTurn[] {
  return readings.flatMap(({ member, facts }) => {
    const isMarked = abortReason(facts.paused) !== undefined;
    const isCause = member.id === id && !isMarked;
    if (!isMarked && !isCause && !isStarted(facts)) return [];
    const marked = isMarked ? facts : { ...facts, paused: abortMark(reason) };
    const turn = decide(marked, { finishes: false, hasRecovered: recovered.has(member.id) });
    const isOver = turn.kind === "end" && turn.end !== "stopped";
    // Where it was found the reason is written down, even before the first step.
    if (isOver && isCause && facts.candidate !== undefined)
      return [{ member, facts, turn: { kind: "abort", message: reason } as const }];
    return isOver ? [] : [{ member, facts, turn }];
  });
}

/** Whether a candidate has requests, or is to have some. */
function isStarted({ candidate }: RunFacts): boolean {
  if (candidate === undefined) return false;
  const { live, mirrored, declared, declaredMirrored } = candidate;
  return live + mirrored + declared + declaredMirrored > 0;
}

function openWaves(
  { waves }: Fleet,
  readings: readonly MemberReading[],
  known: ReadonlyMap<number, number>,
): { readonly open: number; readonly opensAt: number | undefined; readonly metAt: ReadonlyMap<number, number> } {
  const metAt = new Map(known);
  const now = Math.max(...readings.map(({ facts }) => facts.now));
  for (const [index, { start }] of waves.entries()) {
    if (start === undefined) continue;
    const before = readings.filter(({ member }) => member.wave === index - 1);
    if (!before.every(({ facts }) => hasReached(facts, start.after))) return { open: index, opensAt: undefined, metAt };
    // The weights of the wave before were written last when it got there, or later: a restart never starts a wave early.
    const met = metAt.get(index) ?? Math.max(...before.map(({ facts }) => facts.changedAt ?? now));
    metAt.set(index, met);
    const opensAt = met + start.minutes * 60_000;
    const hasStarted = readings.some(({ member, facts }) => member.wave === index && hasReached(facts, "start"));
    if (opensAt > now && !hasStarted) return { open: index, opensAt, metAt };
  }
  return { open: waves.length, opensAt: undefined, metAt };
}

/** Whether a rollout is as far as a wave waits for. Without a candidate it has been retired, or there is none. */
function hasReached({ candidate, reached, next }: RunFacts, goal: WaveGoal): boolean {
  if (candidate === undefined || next === undefined) return true;
  if (goal === "done") return false;
  return goal === "start" ? candidate.live + candidate.mirrored > 0 : reached >= goal.step;
}
