import { sameTraffic } from "../../components/rollout/weights";
import { liveState } from "./history";
import type { History, Step } from "./history";
import { movesOf } from "./moves";

/** A step on the axis of time. */
export interface Mark {
  /** From 1, in the order of time. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  readonly note?: string;
  readonly isFailed: boolean;
}

/** The updates of the stack, and the changes of live weights that no update accounts for, since a time. */
export function marksOf(history: History, from: number): readonly Mark[] {
  const observed = changesSeen(history);
  const recorded = history.steps.map((step) => {
    const seen = observed.find((change) => isSameStep(change, step));
    // The weights went live before the update ended, and before they were seen.
    return { ...step, at: Math.min(seen?.at ?? step.at, step.at) };
  });
  const others = observed.filter((change) => !history.steps.some((step) => isSameStep(change, step)));
  return [...recorded, ...others]
    .filter(({ at }) => at >= from)
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, text, note, isFailed }, index) => {
      return { number: index + 1, at, text, isFailed, ...(note !== undefined && { note }) };
    });
}

/** Changes of the live weights between two views. */
function changesSeen({ views }: History): readonly Step[] {
  return views.flatMap((view, index) => {
    const before = views[index - 1];
    if (before === undefined) return [];
    const [was, is] = [liveState(before), liveState(view)];
    if (sameTraffic(was, is)) return [];
    const names = new Set(Object.keys({ ...was.traffic, ...is.traffic }));
    const text = [...names].flatMap((name) => movesOf(name, was, is)).join(", ");
    return [{ since: Date.parse(before.at), at: Date.parse(view.at), text, isFailed: false, state: is }];
  });
}

/** Whether an update was under way when the weights that it declares went live. */
function isSameStep(seen: Step, recorded: Step): boolean {
  const [live, declared] = [seen.state, recorded.state];
  if (live === undefined || declared === undefined || !sameTraffic(live, declared)) return false;
  return recorded.since <= seen.at && recorded.at >= seen.since;
}
