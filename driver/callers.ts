import { setTimeout as sleep } from "node:timers/promises";
import { ScoringClient } from "./scoringClient";
import { textAt } from "./azureClient";
import type { AzureClient } from "./azureClient";

/** Rare enough to leave the machine to the engine. */
const PAUSE_MS = 20;

/** A caller of the heart-classifier endpoint with a key and an Entra token, using whichever is accepted. */
export class Callers {
  private readonly calling: Promise<void>;
  private stopped = false;
  private count = { requests: 0, lost: 0 };

  private constructor(
    private readonly client: ScoringClient,
    private readonly scoringUri: string,
    private readonly credentials: readonly string[],
    private readonly pauseMs: number,
  ) {
    this.calling = this.call();
  }

  static async start({ azure }: { readonly azure: AzureClient }, pauseMs = PAUSE_MS): Promise<Callers> {
    const endpoints = await azure.resources("/onlineEndpoints");
    const endpoint = endpoints.find(({ name }) => String(name).startsWith("heart-classifier"));
    const { body } = await azure.arm("POST", `${textAt(endpoint, "id")}/listKeys`);
    const credentials = [textAt(body, "primaryKey"), await azure.token("https://ml.azure.com/.default")];
    return new Callers(
      new ScoringClient(azure.azure.ca),
      textAt(endpoint, "properties.scoringUri"),
      credentials,
      pauseMs,
    );
  }

  /** The requests since the last call, and those without a model's answer. */
  take(): { readonly requests: number; readonly lost: number } {
    const taken = this.count;
    this.count = { requests: 0, lost: 0 };
    return taken;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.calling;
    this.client.close();
  }

  private async call(): Promise<void> {
    while (!this.stopped) {
      const answered = await this.isAnswered();
      this.count.requests += 1;
      if (!answered) this.count.lost += 1;
      await sleep(this.pauseMs);
    }
  }

  private async isAnswered(): Promise<boolean> {
    // Twice, since the accepted credential may change in between.
    for (const key of [...this.credentials, ...this.credentials]) {
      const score = await this.client.score({ scoringUri: this.scoringUri, key }).catch(() => undefined);
      if (score !== undefined && score.status !== 401) return this.client.isAnswer(score);
    }
    return false;
  }
}
