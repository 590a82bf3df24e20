import { setTimeout as sleep } from "node:timers/promises";
import { ScoringClient } from "../../driver/scoringClient";
import type { ScoringTarget } from "../../driver/scoringClient";
import { API_VERSION, textAt, valueAt } from "../../driver/azureClient";
import { PROVER } from "./armCalls";
import type { CrashTestbed } from "./testbed";

/** Rare enough to leave the machine to the engine. */
const PAUSE_MS = 50;
/** Sent at the end, so the result of a recovery is called too. */
const LAST_REQUESTS = 10;

export interface CallCount {
  readonly requests: number;
  /** Requests without a model's answer. */
  readonly lost: number;
}

/** A caller that starts as soon as the endpoint serves. */
export class FirstCaller {
  private readonly client: ScoringClient;
  private readonly calling: Promise<void>;
  private stopped = false;
  private requests = 0;
  private lost = 0;

  constructor(private readonly testbed: Pick<CrashTestbed, "azure" | "endpoint">) {
    this.client = new ScoringClient(testbed.azure.azure.ca);
    this.calling = this.call();
  }

  async stop(): Promise<CallCount> {
    this.stopped = true;
    await this.calling;
    this.client.close();
    return { requests: this.requests, lost: this.lost };
  }

  private async call(): Promise<void> {
    const target = await this.firstServing();
    if (target === undefined) return;
    for (let left = LAST_REQUESTS; left > 0; left -= this.stopped ? 1 : 0) {
      const score = await this.client.score(target).catch(() => undefined);
      this.requests += 1;
      if (score === undefined || !this.client.isAnswer(score)) this.lost += 1;
      if (!this.stopped) await sleep(PAUSE_MS);
    }
  }

  /** Waits until a deployment has weight; undefined when none had it before the end. */
  private async firstServing(): Promise<ScoringTarget | undefined> {
    const { azure } = this.testbed;
    for (;;) {
      const endpoint = await this.testbed.endpoint();
      if (Object.keys(valueAt(endpoint, "properties.traffic") ?? {}).length > 0) {
        const headers = { ...PROVER, authorization: `Bearer ${await azure.token()}` };
        const path = `${String(endpoint?.["id"])}/listKeys?api-version=${API_VERSION}`;
        const { body } = await azure.send("POST", path, { headers });
        return { scoringUri: textAt(endpoint, "properties.scoringUri"), key: textAt(body, "primaryKey") };
      }
      if (this.stopped) return undefined;
      await sleep(PAUSE_MS);
    }
  }
}
