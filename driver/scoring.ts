import { ENDPOINT, SAMPLE_REQUEST } from "./heartWorkspace";
import { textAt } from "./azureClient";
import type { Answer, Sent, AzureClient } from "./azureClient";

/** Sends scoring requests to the endpoint with its primary key. */
export class Scoring {
  private constructor(
    private readonly azure: AzureClient,
    readonly uri: string,
    readonly key: string,
  ) {}

  static async of(azure: AzureClient, endpoint = ENDPOINT): Promise<Scoring> {
    const uri = textAt((await azure.arm("GET", endpoint)).body, "properties.scoringUri");
    return new Scoring(azure, uri, textAt((await azure.arm("POST", `${endpoint}/listKeys`)).body, "primaryKey"));
  }

  /** The sample request unless a body is given. */
  score({ headers = {}, body = SAMPLE_REQUEST }: Sent = {}, method = "POST"): Promise<Answer> {
    return this.azure.send(method, this.uri, {
      headers: { authorization: `Bearer ${this.key}`, "content-type": "application/json", ...headers },
      body,
    });
  }

  /** Sends requests one after the other and counts the answers by deployment. */
  async split(requests: number): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (let sent = 0; sent < requests; sent++) {
      const { headers } = await this.score();
      const name = String(headers["azureml-model-deployment"]);
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }
}

/** Numbers from 0 to below 1, the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The distance from the expected count that a fair split stays within in 999 of 1000 cases. */
export function fairSplitDistance(requests: number, share: number): number {
  return 3.29 * Math.sqrt(requests * share * (1 - share));
}
