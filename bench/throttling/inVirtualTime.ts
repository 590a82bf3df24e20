/** A pause of a work, and what it is for. */
export interface Pause<Reason extends string = string> {
  readonly ms: number;
  readonly reason: Reason;
}

/** A work that pauses in virtual time; it is told what time it is, in milliseconds from the start, when it goes on. */
export type Work<Reason extends string = string> = AsyncGenerator<Pause<Reason>, void, number>;

interface Lane<Reason extends string> {
  at: number;
  /** Of two that go on at the same instant, the one that has paused first does. */
  turn: number;
  work: Work<Reason>;
}

/** What all works took together. */
export interface Elapsed<Reason extends string> {
  readonly totalMs: number;
  /** By what was paused for, of all works, as if one had come after the other. */
  readonly paused: ReadonlyMap<Reason, number>;
}

/** Does works, so many at the same time and the next one when one has ended, in the same order each time. */
export async function inVirtualTime<Reason extends string>(
  works: readonly ((startMs: number) => Work<Reason>)[],
  atOnce: number,
): Promise<Elapsed<Reason>> {
  const waiting = [...works];
  const paused = new Map<Reason, number>();
  let turn = 0;
  let totalMs = 0;
  const lanes: Lane<Reason>[] = waiting.splice(0, atOnce).map((begin) => ({ at: 0, turn: turn++, work: begin(0) }));
  for (let lane = earliest(lanes); lane !== undefined; lane = earliest(lanes)) {
    totalMs = lane.at;
    const { done, value } = await lane.work.next(lane.at);
    lane.turn = turn++;
    if (done !== true) {
      lane.at += value.ms;
      paused.set(value.reason, (paused.get(value.reason) ?? 0) + value.ms);
      continue;
    }
    const next = waiting.shift();
    if (next === undefined) lanes.splice(lanes.indexOf(lane), 1);
    else lane.work = next(lane.at);
  }
  return { totalMs, paused };
}

function earliest<Reason extends string>(lanes: readonly Lane<Reason>[]): Lane<Reason> | undefined {
  let found = lanes[0];
  for (const lane of lanes)
    if (found === undefined || lane.at < found.at || (lane.at === found.at && lane.turn < found.turn)) found = lane;
  return found;
}
