import { isMap } from "../../components/values/shape";
import { nameOf, textIn, valueIn } from "../stack/exportedStack";
import type { Values } from "../stack/exportedStack";

/** A write of the engine. */
export interface Operation {
  readonly urn: string;
  readonly name: string;
  readonly op: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What an update did, as its log of engine events has it. */
export interface UpdateEvents {
  /** Writes that have not ended yet. */
  readonly running: readonly Operation[];
  /** Writes that ended well, or may have reached Azure before they failed. */
  readonly written: readonly Operation[];
  /** Errors, without the summary at the end. */
  readonly errors: readonly string[];
  /** What a person reads of it, in order. */
  readonly lines: readonly string[];
}

/** How the engine's words for a write read when it is done. */
const DONE: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  delete: "deleted",
  replace: "replaced",
  "create-replacement": "created",
  "delete-replaced": "deleted",
};
/** A hook that refuses ends a write before the provider hears of it. */
const REFUSED = /\bbefore hook "[^"]*" failed\b/;

/** Reads the lines that `--event-log` writes; one that is still being written is left out. */
export function updateEvents(log: string): UpdateEvents {
  const running = new Map<string, Operation>();
  const written: Operation[] = [];
  const failed: Operation[] = [];
  const errors: { readonly urn: string | undefined; readonly message: string }[] = [];
  const lines: string[] = [];
  const end = (operation: Operation, word: string, to: Operation[]): void => {
    const begun = running.get(operation.urn);
    if (begun === undefined) return;
    running.delete(operation.urn);
    to.push(operation);
    lines.push(`${word} ${operation.name} (${Math.round((operation.at - begun.at) / 1000)} s)`);
  };
  for (const event of log.split("\n").flatMap(parsed)) {
    const begun = operationIn(event, "resourcePreEvent");
    if (begun !== undefined) running.set(begun.urn, begun);
    const done = operationIn(event, "resOutputsEvent");
    if (done !== undefined) end(done, DONE[done.op] ?? done.op, written);
    const broken = operationIn(event, "resOpFailedEvent");
    if (broken !== undefined) end(broken, "failed", failed);
    const [severity, text = ""] = [textIn(event, "diagnosticEvent.severity"), textIn(event, "diagnosticEvent.message")];
    const message = withoutColor(text).trimEnd();
    if (severity === "error") errors.push({ urn: textIn(event, "diagnosticEvent.urn"), message });
    if (severity === "info" || severity === "info#err" || severity === "warning") lines.push(...message.split("\n"));
  }
  const isRefused = ({ urn }: Operation): boolean =>
    errors.some((error) => error.urn === urn && REFUSED.test(error.message));
  return {
    running: [...running.values()],
    written: [...written, ...failed.filter((operation) => !isRefused(operation))],
    errors: [...new Set(errors.map(({ message }) => message.trim()))].filter((message) => message !== "update failed"),
    lines,
  };
}

/** `waiting  create heart-deployment-model-2 since 20:31 UTC (4 min), usually 5 to 20 min`. */
export function waitingLine(running: readonly Operation[], now: number): string | undefined {
  const longest = running.toSorted((a, b) => a.at - b.at)[0];
  if (longest === undefined) return undefined;
  const minutes = Math.floor((now - longest.at) / 60_000);
  const since = new Date(longest.at).toISOString().slice(11, 16);
  return `waiting  ${longest.op} ${longest.name} since ${since} UTC (${minutes} min), usually ${usual(longest)}`;
}

/** As Azure ML's documentation says of deployments; the rest as measured. The provider gives up after two hours. */
function usual({ urn, op }: Operation): string {
  if (!urn.includes(":OnlineDeployment::")) return "under a minute";
  return op === "delete" ? "1 to 5 min" : "5 to 20 min, 2 hours at most";
}

function operationIn(event: Values, kind: string): Operation | undefined {
  const metadata = valueIn(event, `${kind}.metadata`);
  const [urn, op, type] = [textIn(metadata, "urn"), textIn(metadata, "op"), textIn(metadata, "type")];
  if (urn === undefined || op === undefined || DONE[op] === undefined) return undefined;
  if (type?.startsWith("azure-native:") !== true) return undefined;
  const seconds = valueIn(event, "timestamp");
  return { urn, name: nameOf({ urn }), op, at: typeof seconds === "number" ? seconds * 1000 : 0 };
}

/** As the engine marks up what it says: `<{%reset%}>`. */
function withoutColor(text: string): string {
  return text.replaceAll(/<\{%.*?%\}>/g, "");
}

function parsed(line: string): readonly Values[] {
  try {
    const value: unknown = JSON.parse(line);
    return isMap(value) ? [value] : [];
  } catch {
    return [];
  }
}
