import { Load as Requests } from "azure-mlflow-rollout-local";
import type { ScoringClient, ScoringTarget } from "./scoringClient";

const PAUSE_MS = 5;

/** Request counts. */
export interface LoadCount {
  requests: number;
  /** Without a model's answer: refused, failed or cut off. */
  failed: number;
  /** Requests answered, by deployment. */
  split: Record<string, number>;
}

/** Continuous scoring requests of the example: a trickle while the endpoint changes, full speed while measuring. */
export class Load extends Requests<LoadCount> {
  private lost = 0;

  /** @param pauseMs - between two requests of a worker while nothing is measured */
  constructor(client: ScoringClient, target: ScoringTarget, pauseMs = PAUSE_MS) {
    super({
      pauseMs,
      emptyCount: () => ({ requests: 0, failed: 0, split: {} }),
      send: async () => {
        const score = await client.score(target).catch(() => undefined);
        const answer = score !== undefined && client.isAnswer(score) ? score : undefined;
        if (answer === undefined) this.lost += 1;
        return (count) => add(count, answer?.deployment ?? "", answer !== undefined);
      },
    });
  }

  /** Requests without an answer since the start. */
  get lostRequests(): number {
    return this.lost;
  }
}

function add(count: LoadCount, deployment: string, isAnswered: boolean): void {
  count.requests += 1;
  if (isAnswered) count.split[deployment] = (count.split[deployment] ?? 0) + 1;
  else count.failed += 1;
}
