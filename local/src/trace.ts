/** One request that the local Azure answered, or a write made inside a template deployment. */
export interface TraceEntry {
  readonly seq: number;
  readonly time: string;
  readonly kind: TraceKind;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly status: number;
  /** Id of the template deployment that made this write. */
  readonly via?: string;
  /** The body of an ARM write, without secrets. */
  readonly body?: unknown;
  /** Name of the deployment that answered a scoring request. */
  readonly deployment?: string;
}

export type TraceKind = "arm" | "identity" | "data" | "blob" | "control";

/** Entries kept of each kind, so that scoring requests never push out writes. */
const CAPACITY = 5000;
const SECRET = /(key|keyvalue|secret|password|token|connectionstring)$/i;

export class Trace {
  private readonly entries = new Map<TraceKind, TraceEntry[]>();
  private seq = 0;

  add(entry: Omit<TraceEntry, "seq">): void {
    this.seq += 1;
    const ring = this.entries.get(entry.kind) ?? [];
    ring.push({ ...entry, seq: this.seq, ...(entry.body !== undefined && { body: withoutSecrets(entry.body) }) });
    if (ring.length > CAPACITY * 1.2) ring.splice(0, ring.length - CAPACITY);
    this.entries.set(entry.kind, ring);
  }

  /** Entries after `since`, oldest first. */
  read(since: number, kind?: string): readonly TraceEntry[] {
    const rings = [...this.entries].filter(([name]) => kind === undefined || name === kind);
    return rings.flatMap(([, ring]) => ring.filter(({ seq }) => seq > since)).toSorted((a, b) => a.seq - b.seq);
  }

  clear(): void {
    this.entries.clear();
  }
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET.test(key) && typeof inner === "string" ? "***" : withoutSecrets(inner),
    ]),
  );
}
