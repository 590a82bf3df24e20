import { parseId } from "../arm/ids";
import type { Operation } from "../arm/operations";
import type { Clock } from "../common/clock";
import type { Exchange, Reply } from "../http/exchange";
import { deploymentNotFound } from "./knownRefusals";
import { targetOf } from "./rule";
import type { Staleness } from "./rule";

interface StaleDocument {
  /** The document before the write, if any. */
  readonly document: Readonly<Record<string, unknown>> | undefined;
  readonly operation: Operation | undefined;
  readonly written: number;
  /** Counts down. */
  reads: number;
  readonly milliseconds: number;
}

/** Answers reads with the old document for a while after a write. */
export class StaleReads {
  private readonly documents = new Map<string, StaleDocument>();

  constructor(private readonly clock: Clock) {}

  /** Remembers what a write replaced; `operation` is the one that the write started. */
  keep(id: string, document: StaleDocument["document"], operation: Operation | undefined, staleness: Staleness): void {
    this.documents.set(id.toLowerCase(), {
      document,
      operation,
      written: this.clock.now(),
      reads: "reads" in staleness ? staleness.reads : Infinity,
      milliseconds: "seconds" in staleness ? staleness.seconds * 1000 : Infinity,
    });
  }

  /** Lets the service answer, and replaces its answer while reads are stale. */
  async answer(exchange: Exchange, serve: () => Promise<Reply>): Promise<Reply> {
    if (this.documents.size === 0) return serve();
    const id = parseId(exchange.path);
    const key = id?.tail === undefined ? id?.text.toLowerCase() : undefined;
    const stale = exchange.method === "GET" && key !== undefined ? this.documents.get(key) : undefined;
    if (stale === undefined || key === undefined || !this.isRead(stale, key)) return serve();
    const reply = await serve();
    // Anything else is about the request, not the resource.
    if (reply.status !== 200 && reply.status !== 404) return reply;
    stale.reads -= 1;
    if (stale.document !== undefined) return { ...reply, status: 200, body: stale.document };
    return { ...reply, status: 404, body: { error: deploymentNotFound(targetOf(exchange)) } };
  }

  clear(): void {
    this.documents.clear();
  }

  /** An update is stale from its end on: until then the service itself shows the old weights. */
  private isRead({ document, operation, written, reads, milliseconds }: StaleDocument, key: string): boolean {
    const isUpdate = document !== undefined;
    if (isUpdate && operation?.status === "running") return false;
    const from = isUpdate && operation?.endTime !== undefined ? Date.parse(operation.endTime) : written;
    const isOver = reads <= 0 || this.clock.now() >= from + milliseconds;
    if (isOver || operation?.status === "Failed") this.documents.delete(key);
    return !isOver && operation?.status !== "Failed";
  }
}
