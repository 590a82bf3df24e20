import { oneLine } from "../terminal/text";
import { EVENT_CONTENT_TYPE } from "./cloudEvent";
import type { CloudEvent } from "./cloudEvent";
import { signed } from "./webhookSignature";

/** What a webhook does with the outside world. */
export interface WebhookPorts {
  /** @returns the status and headers by lower-case name. @throws Error when nobody answers in time */
  readonly post: (request: WebhookRequest) => Promise<{
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
  }>;
  /** Rests for some milliseconds, or until the signal. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told once that events do not arrive. */
  readonly report: (line: string) => void;
}

export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** An event is sent so often, 1, 2, 4 and 8 s after each other, or as the receiver's Retry-After says. */
const TRIES = 5;
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;
/** Events that wait for one before them; any more are left out. */
const MOST_WAITING = 100;
/** How long the end of a run waits for events that are under way. */
const FLUSH_MS = 10_000;

/**
 * Sends events to a receiver, one after the other and beside the work: a receiver that is slow or away delays and breaks
 * nothing. After an event that could not be delivered the next ones are tried only once, until one arrives.
 */
export class Webhook {
  private queue: Promise<void> = Promise.resolve();
  private waiting = 0;
  private isDown = false;
  private isReported = false;
  private readonly end = new AbortController();

  /** @param host - for what is said of it: an address may hold a secret */
  constructor(
    private readonly host: string,
    private readonly key: Buffer,
    private readonly ports: WebhookPorts,
  ) {}

  send(event: CloudEvent): void {
    if (this.waiting >= MOST_WAITING) return this.report("too many events wait for it");
    this.waiting += 1;
    this.queue = this.queue.then(() => this.deliver(event)).finally(() => (this.waiting -= 1));
  }

  /** Waits for what is under way, 10 s at most. */
  async close(): Promise<void> {
    const done = new AbortController();
    const flushed = this.queue.then(() => done.abort());
    await Promise.race([flushed, this.ports.sleep(FLUSH_MS, done.signal)]);
    if (!done.signal.aborted) this.report("it did not answer in time");
    this.end.abort();
    await flushed;
  }

  private async deliver(event: CloudEvent): Promise<void> {
    const tries = this.isDown ? 1 : TRIES;
    let why = "";
    for (let tried = 1; tried <= tries && !this.end.signal.aborted; tried += 1) {
      const answer = await this.attempt(event);
      if (answer.why === undefined) {
        this.isDown = false;
        return;
      }
      why = answer.why;
      if (answer.isFinal || this.end.signal.aborted) break;
      if (tried < tries) await this.ports.sleep(answer.pause ?? FIRST_PAUSE_MS * 2 ** (tried - 1), this.end.signal);
    }
    this.isDown = true;
    if (!this.end.signal.aborted) this.report(why);
  }

  private async attempt(event: CloudEvent): Promise<{ why?: string; isFinal?: boolean; pause?: number }> {
    const body = JSON.stringify(event);
    const headers = {
      "content-type": EVENT_CONTENT_TYPE,
      ...signed(this.key, event.id, Math.floor(this.ports.now() / 1000), body),
    };
    try {
      const { status, headers: answered } = await this.ports.post({ headers, body, signal: this.end.signal });
      if (status >= 200 && status < 300) return {};
      const pause = pauseOf(answered["retry-after"]);
      return { why: `it answers ${status}`, isFinal: !isPassing(status), ...(pause !== undefined && { pause }) };
    } catch (error) {
      return { why: oneLine(error) };
    }
  }

  private report(why: string): void {
    if (this.isReported) return;
    this.isReported = true;
    this.ports.report(`events do not reach ${this.host}, and the run goes on without: ${why}`);
  }
}

/** What may be another answer later. */
function isPassing(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

function pauseOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined || !/^\d+$/.test(retryAfter)) return undefined;
  return Math.min(Number(retryAfter) * 1000, LONGEST_PAUSE_MS);
}
