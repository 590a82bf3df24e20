import { formatTraffic } from "../../components/rollout/weights";
import { aligned } from "../terminal/aligned";
import { printable } from "../terminal/columns";
import { fromNow, localTime } from "../terminal/times";
import type { HistoryEntry } from "./history";

/** The history as a person reads it, a line for each update; times are local. */
export function historyText(entries: readonly HistoryEntry[], now: Date): string {
  const head = ["#", "when", "", "what", "result", "weights", "who", "message"];
  return aligned([head, ...entries.map((entry) => row(entry, now))]).join("\n");
}

function row(entry: HistoryEntry, now: Date): readonly string[] {
  const { number, at, kind, result, who = "", verb, reason } = entry;
  const instant = new Date(at);
  const isKnown = !Number.isNaN(instant.getTime());
  return [
    String(number),
    isKnown ? localTime(instant) : printable(at),
    isKnown ? fromNow(instant, now) : "",
    printable(kind),
    printable(result),
    weightsText(entry),
    printable(who),
    printable(verb === undefined ? reason : `${verb}: ${reason}`),
  ];
}

function weightsText({ weights, mirror }: HistoryEntry): string {
  return printable(formatTraffic({ traffic: weights, mirrorTraffic: mirror }));
}

/** What `history --json` prints. */
export interface HistoryReport {
  readonly schemaVersion: 1;
  /** `organization/project/stack`. */
  readonly stack: string;
  /** Newest first. */
  readonly updates: readonly object[];
}

/** The same for machines: the settings of deployments other than their versions are left out, as they may be long. */
export function historyReport(stack: string, entries: readonly HistoryEntry[]): HistoryReport {
  return {
    schemaVersion: 1,
    stack,
    updates: entries.map(({ config: _, deployments, ...entry }) => ({
      ...entry,
      deployments: Object.fromEntries(Object.entries(deployments).map(([name, it]) => [name, it?.modelVersion])),
    })),
  };
}
