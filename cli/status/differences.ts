import { formatTraffic, sameTraffic, weightOf } from "../../components/rollout/weights";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import { recordedTraffic, trafficOfRecord } from "../../components/rollout/record";
import { isSameName } from "../../components/values/sameName";
import type { Applied, Declaration } from "./declaration";

/** What two or three of declared, written and live disagree about. */
export interface LiveTraffic {
  readonly live: TrafficState;
  /** What the last traffic step wrote, as the endpoint's tag has it. */
  readonly recorded: string | undefined;
}

/**
 * Why the live weights are a surprise; undefined when they are what was declared or written. Config that was edited since
 * is no surprise.
 */
export function whyUnexpected(
  { live, recorded }: LiveTraffic,
  declared: TrafficState,
  { written }: Applied,
): string | undefined {
  if (sameTraffic(live, declared)) return undefined;
  const isRecorded = recorded !== undefined && recordedTraffic(live) === recorded;
  const isWritten = written !== undefined && sameTraffic(live, written);
  // After a write that could not be read back, the state has it and the endpoint does not.
  if (isRecorded && written !== undefined && !isWritten && sameTraffic(written, declared))
    return `${compare(live, written)}: the write did not take effect, or somebody took it back`;
  const last = written ?? trafficOfRecord(recorded, [declared]);
  if (isRecorded || isWritten || last === undefined) return undefined;
  return `${compare(live, last)}: somebody else changed them`;
}

/** `the live weights are a=70 b=30, the last ones written are a=90 b=10`. */
function compare(live: TrafficState, written: TrafficState): string {
  return `the live weights are ${formatTraffic(live)}, the last ones written are ${formatTraffic(written)}`;
}

/** What config asks for and is not live, a line each. */
export function unappliedChanges(
  { versions, traffic }: Declaration,
  applied: Applied,
  live: TrafficState,
  liveNames: readonly string[],
): readonly string[] {
  const names = Object.keys(versions);
  const isIn = (name: string, list: readonly string[]): boolean => list.some((other) => isSameName(name, other));
  const known = [...applied.deployments, ...liveNames];
  const added = names.filter((name) => !isIn(name, known));
  const removed = applied.deployments.filter((name) => !isIn(name, names) && isIn(name, liveNames));
  const remodelled = names.flatMap((name) => {
    const [before, after] = [versionOf(applied.versions, name), versions[name]];
    return before === undefined || after === undefined || before === after || isIn(name, added)
      ? []
      : [`${name} from model version ${before} to ${after}`];
  });
  return [
    ...added.map(
      (name) => `new deployment ${name}${versions[name] === undefined ? "" : ` with model version ${versions[name]}`}`,
    ),
    ...removed.map((name) => `deployment ${name} removed`),
    ...remodelled,
    ...moves(live.traffic, traffic.traffic, ""),
    ...moves(live.mirrorTraffic, traffic.mirrorTraffic, "mirror "),
  ];
}

function versionOf(versions: Declaration["versions"], name: string): string | undefined {
  return Object.entries(versions).find(([other]) => isSameName(other, name))?.[1];
}

function moves(from: Weights, to: Weights, prefix: string): readonly string[] {
  const leaving = Object.keys(from).filter((name) => !Object.keys(to).some((other) => isSameName(name, other)));
  return [...leaving, ...Object.keys(to)]
    .map((name) => [name, weightOf(from, name), weightOf(to, name)] as const)
    .filter(([, before, after]) => before !== after)
    .map(([name, before, after]) => `${prefix}${name} ${before} -> ${after}`);
}
