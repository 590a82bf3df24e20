import { ARTICLE, commandOf } from "../driver/article";
import type { ArticleStep } from "../driver/article";
import { ScoringClient } from "../driver/scoringClient";
import type { Score, ScoringTarget } from "../driver/scoringClient";
import { Load } from "../driver/load";
import { LocalAzureProcess } from "../driver/localAzureProcess";
import { HeartStack } from "../driver/stack";
import type { OperationResult } from "../driver/stack";

/** Virtual seconds in one real second: a deployment of 9 minutes takes one. */
const SPEED = 600;
const MEASURED_REQUESTS = 2000;
const ADDRESSED_REQUESTS = 100;

/** What one step did; the numbers of `--json`. */
export interface DemoStepReport {
  readonly step: number;
  readonly name: string;
  /** What a user types for it. */
  readonly command: string;
  readonly trafficBefore: Readonly<Record<string, number>>;
  readonly trafficAfter: Readonly<Record<string, number>>;
  /** Scoring requests sent during and after the step. */
  readonly requests: number;
  readonly failed: number;
  /** Requests answered after the step without the header, by deployment. */
  readonly split: Readonly<Record<string, number>>;
  /** Writes and deletes sent to the resource manager. */
  readonly armWrites: number;
  readonly seconds: number;
}

/** Prints progress. */
export interface WalkObserver {
  begins(step: number, name: string, command: string): void;
  previewed(result: OperationResult): void;
  progressed(done: number, expected: number): void;
  answered(score: Score): void;
  ended(report: DemoStepReport): void;
}

export interface WalkResult {
  readonly lostRequests: number;
  readonly peakMemoryMb: number;
}

/** Walks the article on a local Azure, with scoring requests under way from the moment blue serves. */
export async function walkArticle(observer: WalkObserver): Promise<WalkResult> {
  const azure = await LocalAzureProcess.start(SPEED);
  const client = new ScoringClient(azure.settings.ca);
  const stack = await HeartStack.open(azure.settings.env);
  const walk = new Walk(azure, stack, client, observer);
  try {
    for (const [index, step] of ARTICLE.entries()) await walk.take(step, index + 1);
    return { lostRequests: walk.lostRequests, peakMemoryMb: await azure.peakMemory() };
  } finally {
    await walk.stop();
    client.close();
    stack.close();
    await azure.stop();
  }
}

class Walk {
  private load: Load | undefined;
  private target: ScoringTarget | undefined;
  private wrong = 0;

  constructor(
    private readonly azure: LocalAzureProcess,
    private readonly stack: HeartStack,
    private readonly client: ScoringClient,
    private readonly observer: WalkObserver,
  ) {}

  get lostRequests(): number {
    return (this.load?.lostRequests ?? 0) + this.wrong;
  }

  async stop(): Promise<void> {
    await this.load?.stop();
  }

  async take(article: ArticleStep, step: number): Promise<void> {
    const command = commandOf(article);
    this.observer.begins(step, article.name, command);
    const trafficBefore = await this.azure.liveTraffic();
    const trace = await this.azure.traceEnd();
    this.load?.take();
    const started = performance.now();
    const addressed = await this.run(article);
    const seconds = (performance.now() - started) / 1000;
    const during = this.load?.take();
    const after = article.action === "destroy" ? undefined : await this.load?.measure(MEASURED_REQUESTS);
    this.observer.ended({
      step,
      name: article.name,
      command,
      trafficBefore,
      trafficAfter: await this.azure.liveTraffic(),
      requests: (during?.requests ?? 0) + (after?.requests ?? 0) + addressed.requests,
      failed: (during?.failed ?? 0) + (after?.failed ?? 0) + addressed.failed,
      split: after?.split ?? {},
      armWrites: await this.azure.armWrites(trace),
      seconds: Math.round(seconds * 10) / 10,
    });
  }

  private async run(step: ArticleStep): Promise<{ requests: number; failed: number }> {
    const none = { requests: 0, failed: 0 };
    if (step.action === "request") return this.request(step.deployment);
    for (const change of step.config ?? []) {
      if ("set" in change) await this.stack.setConfig(change.set, change.value);
      else await this.stack.removeConfig(change.remove);
    }
    const preview = await this.stack.preview();
    this.observer.previewed(preview);
    const expected = preview.steps.length;
    await this.stack.up((done) => this.observer.progressed(done, expected));
    if (step.action === "destroy") await this.destroy();
    else await this.startLoad();
    return none;
  }

  /** Callers have moved away before an endpoint is deleted. */
  private async destroy(): Promise<void> {
    await this.load?.stop();
    await this.stack.destroy();
  }

  private async startLoad(): Promise<void> {
    if (this.load !== undefined) return;
    const { scoringUri, primaryKey } = await this.stack.outputs();
    this.target = { scoringUri: String(scoringUri), key: String(primaryKey) };
    this.load = new Load(this.client, this.target);
  }

  /** One request for a person to see, and with the header a hundred that must all reach the addressed deployment. */
  private async request(deployment: string | undefined): Promise<{ requests: number; failed: number }> {
    const { load, target } = this;
    if (load === undefined || target === undefined) throw new Error("nothing serves yet");
    const requests = deployment === undefined ? 1 : ADDRESSED_REQUESTS;
    let failed = 0;
    const send = async (sent: number): Promise<void> => {
      const score = await this.client.score(target, deployment);
      const ok = this.client.isAnswer(score) && (deployment === undefined || score.deployment === deployment);
      if (!ok) failed += 1;
      if (sent === 0) this.observer.answered(score);
    };
    for (let sent = 0; sent < requests; sent += 1) await load.inBetween(() => send(sent));
    this.wrong += failed;
    return { requests, failed };
  }
}
