import { apiVersionOf } from "../../driver/apiVersion";
import { DirectAzure } from "../../driver/directAzure";
import type { Estate } from "./estate";

export interface SentRequest {
  readonly method: string;
  /** Path without a query, or a whole address with one. */
  readonly path: string;
  readonly body?: object;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A subscription with endpoints in a local Azure that throttles, whose clock goes where a request is sent from. */
export class Subscription {
  private clockMs = 0;

  private constructor(
    private readonly azure: DirectAzure,
    private readonly authorization: string,
  ) {}

  static async open(estate: Estate): Promise<Subscription> {
    const azure = await DirectAzure.start({ saved: estate, throttled: true });
    return new Subscription(azure, `Bearer ${await azure.token("https://management.azure.com")}`);
  }

  get id(): string {
    return this.azure.azure.subscriptionId;
  }

  /** Sends a request at a time, in milliseconds from the start, which never goes back. */
  async send({ method, path, body }: SentRequest, atMs: number): Promise<Answer> {
    await this.moveTo(atMs);
    const target = path.startsWith("https:")
      ? path.slice(new URL(path).origin.length)
      : `${path}?api-version=${apiVersionOf(path)}`;
    const sent = await this.azure.send({
      method,
      target,
      headers: { authorization: this.authorization },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = sent.body === undefined ? "" : String(sent.body);
    return { ...sent, body: text === "" ? undefined : (JSON.parse(text) as unknown) };
  }

  async moveTo(atMs: number): Promise<void> {
    if (atMs <= this.clockMs) return;
    await this.azure.control("POST", "clock", { advanceSeconds: (atMs - this.clockMs) / 1000 });
    this.clockMs = atMs;
  }

  close(): Promise<void> {
    return this.azure.close();
  }
}
