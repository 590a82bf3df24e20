import { jsonOf } from "../http/exchange";
import type { Exchange, Reply } from "../http/exchange";
import { bodyWithoutSecrets } from "./secrets";

/** A request that the local Azure answered, or a write inside a template deployment. */
export interface TraceEntry {
  readonly seq: number;
  /** Virtual time. */
  readonly time: string;
  readonly kind: TraceKind;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  /** 0 when the connection was closed instead. */
  readonly status: number;
  /** Id of the template deployment that made this write. */
  readonly via?: string;
  /** Id of the fault rule that was applied. */
  readonly fault?: string;
  /** The body of an ARM write, without secrets. */
  readonly body?: unknown;
  /** Name of the deployment that answered a scoring request. */
  readonly deployment?: string;
}

export type TraceKind = "arm" | "identity" | "data" | "blob" | "vault" | "control";

/** Entries kept per kind, so scoring requests never push out writes. */
const MOST_ENTRIES = 5000;
const MOST_CHARACTERS = 8_000_000;
/** Size of an entry besides its texts. */
const ENTRY_CHARACTERS = 200;

/** Entries as they are kept: the body as text, whose size is known. */
interface Ring {
  entries: KeptEntry[];
  characters: number;
}

interface KeptEntry {
  readonly entry: Omit<TraceEntry, "body">;
  readonly body: string | undefined;
  readonly characters: number;
}

/** The latest requests; the oldest are dropped. */
export class Trace {
  private readonly rings = new Map<TraceKind, Ring>();
  private seq = 0;

  add({ body, ...entry }: Omit<TraceEntry, "seq">): void {
    this.seq += 1;
    const text = body === undefined ? undefined : JSON.stringify(bodyWithoutSecrets(entry.path, body));
    const characters = ENTRY_CHARACTERS + entry.path.length + (entry.query?.length ?? 0) + (text?.length ?? 0);
    const ring = this.rings.get(entry.kind) ?? { entries: [], characters: 0 };
    ring.entries.push({ entry: { ...entry, seq: this.seq }, body: text, characters });
    ring.characters += characters;
    if (ring.entries.length > MOST_ENTRIES * 1.2 || ring.characters > MOST_CHARACTERS) forgetOldest(ring);
    this.rings.set(entry.kind, ring);
  }

  /** Entries after `since`, oldest first. */
  read(since: number, kind?: string): readonly TraceEntry[] {
    const rings = [...this.rings].filter(([name]) => kind === undefined || name === kind);
    return rings
      .flatMap(([, { entries }]) => entries.filter(({ entry }) => entry.seq > since))
      .toSorted((a, b) => a.entry.seq - b.entry.seq)
      .map(({ entry, body }) => (body === undefined ? entry : { ...entry, body: JSON.parse(body) as unknown }));
  }

  clear(): void {
    this.rings.clear();
  }
}

/** The trace entry of a request. */
export function traceEntry(
  kind: TraceKind,
  exchange: Exchange,
  { status, headers }: Reply,
  others: Pick<TraceEntry, "time" | "via" | "fault">,
): Omit<TraceEntry, "seq"> {
  const { method, path, query } = exchange;
  const deployment = headers?.["azureml-model-deployment"];
  const isWrite = kind === "arm" && (method === "PUT" || method === "PATCH");
  return {
    ...others,
    kind,
    method,
    path,
    status,
    ...(query.size > 0 && { query: query.toString() }),
    ...(deployment !== undefined && { deployment }),
    ...(isWrite && { body: jsonOf(exchange) }),
  };
}

/** All at once: removing them one by one would shift the rest each time. */
function forgetOldest(ring: Ring): void {
  let count = 0;
  let { characters } = ring;
  while (ring.entries.length - count > MOST_ENTRIES || characters > MOST_CHARACTERS * 0.8) {
    characters -= ring.entries[count]?.characters ?? characters;
    count += 1;
  }
  ring.entries.splice(0, count);
  ring.characters = characters;
}
