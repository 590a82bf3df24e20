import { NO_TRAFFIC } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import type { HistoryEntry } from "../history/history";
import type { Step } from "./history";
import { movesOf } from "./moves";

/** What an update declares: its deployments, and their weights where config says them. */
interface Declared {
  readonly names: readonly string[];
  readonly state?: TrafficState;
}

const NOTHING: Declared = { names: [], state: NO_TRAFFIC };

/**
 * The updates that moved traffic, added or removed a deployment, or failed; oldest first.
 *
 * @param entries - newest first
 */
export function stepsOf(entries: readonly HistoryEntry[]): readonly Step[] {
  const steps: Step[] = [];
  let before = NOTHING;
  for (const entry of entries.toReversed()) {
    const after = declaredIn(entry);
    const step = after && stepOf(entry, before, after);
    if (step !== undefined) steps.push(step);
    // What a failed update has written of its weights is not known.
    if (after !== undefined && entry.result !== "failed") before = after;
  }
  return steps;
}

function stepOf(entry: HistoryEntry, before: Declared, after: Declared): Step | undefined {
  const [since, at] = [Date.parse(entry.at), Date.parse(entry.endedAt ?? entry.at)];
  const isFailed = entry.result === "failed";
  const text = describe(entry, isFailed, changesBetween(before, after).join(", "));
  if (text === "" || Number.isNaN(since) || Number.isNaN(at)) return undefined;
  const note = noteOf(entry);
  const state = isFailed ? undefined : after.state;
  return { since, at, text, isFailed, ...(note !== "" && { note }), ...(state && { state }) };
}

function describe({ kind }: HistoryEntry, isFailed: boolean, changes: string): string {
  if (kind === "destroy") return isFailed ? "destroy failed" : "destroyed";
  if (!isFailed) return changes;
  return changes === "" ? "update failed" : `update failed: ${changes}`;
}

/** `promote: looks good (Kim)`. */
function noteOf({ verb, reason, who }: HistoryEntry): string {
  const said = [verb, reason.trim()].filter((text) => text !== undefined && text !== "").join(": ");
  return who === undefined ? said : `${said} (${who})`;
}

/** What moves, and the deployments that come or go without a weight. */
function changesBetween(before: Declared, after: Declared): readonly string[] {
  return [...new Set([...before.names, ...after.names])].flatMap((name) => {
    const moves = after.state === undefined ? [] : movesOf(name, before.state ?? NO_TRAFFIC, after.state);
    const [was, is] = [before, after].map(({ names }) => names.includes(name));
    if (moves.length > 0 || was === is) return moves;
    return [is === true ? `${name} added` : `${name} removed`];
  });
}

function declaredIn({ kind, deployments, weights, mirror }: HistoryEntry): Declared | undefined {
  if (kind === "destroy") return NOTHING;
  if (kind !== "update") return undefined;
  const names = [...new Set(Object.keys({ ...deployments, ...weights }))];
  // Weights that the program holds are not in the history.
  if (Object.keys(weights).length === 0) return { names };
  return { names, state: { traffic: weights, mirrorTraffic: mirror } };
}
