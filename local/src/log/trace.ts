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

type NewEntry = Omit<TraceEntry, "seq">;

export type TraceKind = "arm" | "identity" | "data" | "blob" | "vault" | "control";

/** What the request does not say of itself. */
interface TraceContext {
  readonly time: string;
  readonly via: string | undefined;
  readonly fault: string | undefined;
}

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
  readonly seq: number;
  readonly entry: NewEntry;
  readonly body: string | undefined;
  readonly characters: number;
}

/** The latest requests; the oldest are dropped. */
export class Trace {
  private readonly rings = new Map<TraceKind, Ring>();
  private seq = 0;

  add(entry: NewEntry): void {
    this.seq += 1;
    const text = entry.body === undefined ? undefined : JSON.stringify(bodyWithoutSecrets(entry.path, entry.body));
    const characters = ENTRY_CHARACTERS + entry.path.length + (entry.query?.length ?? 0) + (text?.length ?? 0);
    const ring = this.ringOf(entry.kind);
    ring.entries.push({ seq: this.seq, entry: withoutBody(entry), body: text, characters });
    ring.characters += characters;
    if (ring.entries.length > MOST_ENTRIES * 1.2 || ring.characters > MOST_CHARACTERS) forgetOldest(ring);
  }

  /** Entries after `since`, oldest first. */
  read(since: number, kind?: string): readonly TraceEntry[] {
    const rings = [...this.rings].filter(([name]) => kind === undefined || name === kind);
    return rings
      .flatMap(([, { entries }]) => entries.filter(({ seq }) => seq > since))
      .toSorted((a, b) => a.seq - b.seq)
      .map(({ seq, entry, body }) => ({
        seq,
        ...entry,
        ...(body !== undefined && { body: JSON.parse(body) as unknown }),
      }));
  }

  clear(): void {
    this.rings.clear();
  }

  private ringOf(kind: TraceKind): Ring {
    let ring = this.rings.get(kind);
    if (ring === undefined) {
      ring = { entries: [], characters: 0 };
      this.rings.set(kind, ring);
    }
    return ring;
  }
}

function withoutBody(entry: NewEntry): NewEntry {
  if (entry.body === undefined) return entry;
  const { body: _, ...rest } = entry;
  return rest;
}

/** The trace entry of a request. Filled in step by step, which takes a fraction of copying: there is one for each request. */
export function traceEntry(
  kind: TraceKind,
  exchange: Exchange,
  { status, headers }: Reply,
  { time, via, fault }: TraceContext,
): NewEntry {
  const { method, path, query } = exchange;
  const deployment = headers?.["azureml-model-deployment"];
  const entry: { -readonly [K in keyof NewEntry]: NewEntry[K] } = { time, kind, method, path, status };
  if (query.size > 0) entry.query = query.toString();
  if (via !== undefined) entry.via = via;
  if (fault !== undefined) entry.fault = fault;
  if (deployment !== undefined) entry.deployment = deployment;
  if (kind === "arm" && (method === "PUT" || method === "PATCH")) entry.body = jsonOf(exchange);
  return entry;
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
