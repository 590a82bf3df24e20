import type { Answer, Load, LocalAzureClient } from "azure-mlflow-rollout-local";
import { isMap } from "../../components/values/shape";
import { MINUTE_MS, REQUESTS, isError, metricQueries, sum, valuesOf } from "../../components/azure/metricValues";
import type { MetricAnswers, MetricSpan } from "../../components/azure/metricValues";
import { textIn } from "../stack/exportedStack";
import { Failure } from "../terminal/failure";
import type { LocalPackage } from "../local/localPackage";
import { documentsOf } from "./existing";
import type { ExistingParts } from "./existing";
import type { FaultRule } from "./faultRules";
import { addAnswer, emptyTally, together } from "./tally";
import type { RightAnswers, ScoringAnswer, Tally } from "./tally";
import { API_QUERY } from "../../components/azure/apiVersion";

/** Between two requests of a caller while an update runs: seldom enough to leave the machine to the engine. */
const PAUSE_MS = 25;
/** What the audience of scoring tokens is called. */
const SCORING_SCOPE = "https://ml.azure.com/.default";

/** A local Azure in this process, with the endpoint of a rehearsal and its callers. */
export class RehearsedAzure {
  private token: Promise<string> | undefined;
  private rules = "[]";
  private right: RightAnswers = {};
  private load: Load<Tally> | undefined;

  constructor(
    private readonly local: LocalPackage,
    private readonly client: LocalAzureClient,
  ) {}

  get env(): Readonly<Record<string, string>> {
    return this.client.azure.env;
  }

  async close(): Promise<void> {
    await this.load?.stop();
    await this.client.close();
  }

  /** Virtual time, milliseconds since 1970. */
  now(): Promise<number> {
    return this.client.now();
  }

  /** @param speed - virtual seconds in one real second */
  async run(speed: number): Promise<void> {
    await this.client.clock({ speed });
  }

  /** Makes what a program expects to be there. */
  async make(parts: ExistingParts): Promise<void> {
    for (const { id, version, document } of documentsOf(parts, this.client.azure)) {
      const { status, body } = await this.arm("PUT", `${id}?api-version=${version}`, document);
      if (status >= 300) throw new Failure(`the local Azure answers ${status} to PUT ${id}: ${JSON.stringify(body)}`);
    }
    // A workspace is made in half a minute.
    await this.client.advance(60);
  }

  /** Replaces all rules. */
  async setRules(rules: readonly FaultRule[]): Promise<void> {
    const text = JSON.stringify(rules);
    if (text === this.rules) return;
    this.rules = text;
    await this.client.send("DELETE", "/_local/faults");
    if (rules.length > 0) await this.client.addFaults(rules);
  }

  /**
   * What each deployment answers the sample, past the weights. One that answers differently each time has no right answer.
   *
   * @returns what a deployment answers that does not score the sample; undefined when all do
   */
  async learn(target: ScoringTarget, cast: readonly string[]): Promise<string | undefined> {
    const right: Record<string, unknown> = {};
    for (const deployment of cast) {
      const [first, second] = [await this.score(target, deployment), await this.score(target, deployment)];
      const bad = [first, second].find(({ status }) => status !== 200);
      if (bad !== undefined) return `${deployment} answers ${bad.status}: ${JSON.stringify(bad.body).slice(0, 300)}`;
      if (JSON.stringify(first.body) === JSON.stringify(second.body)) right[deployment] = first.body;
    }
    this.right = right;
    return undefined;
  }

  /** Callers of the endpoint begin to send, and go on until the end. */
  startLoad(target: ScoringTarget): void {
    const { Load: Requests } = this.local;
    this.load ??= new Requests<Tally>({
      pauseMs: PAUSE_MS,
      emptyCount: emptyTally,
      send: async () => {
        const answer = await this.score(target).catch((): ScoringAnswer => NO_ANSWER);
        return (tally) => addAnswer(tally, answer, this.right);
      },
    });
  }

  /** The requests since the last call. */
  takeLoad(): Tally {
    return this.load?.take() ?? emptyTally();
  }

  /**
   * Sends a number of requests that are spread over some virtual minutes.
   *
   * @param minutes - at least 1
   */
  async measure(requests: number, minutes: number): Promise<Tally> {
    const parts = Math.min(MOST_PARTS, Math.ceil(minutes), requests);
    let all = emptyTally();
    for (let part = 1; part <= parts; part += 1) {
      const size = Math.round((requests * part) / parts) - Math.round((requests * (part - 1)) / parts);
      const began = await this.client.now();
      if (this.load !== undefined) all = together(all, await this.load.measure(size));
      const left = began + (minutes * MINUTE_MS) / parts - (await this.client.now());
      if (left > 0) await this.client.advance(left / 1000);
    }
    return all;
  }

  /** Copies of requests that a deployment without weight got between two times, milliseconds since 1970. */
  async copies(endpointId: string, deployment: string, from: number, to: number) {
    const span = { from: Math.floor(from / MINUTE_MS) * MINUTE_MS, to, interval: "PT1M" };
    const { requests } = await this.metrics(endpointId, span);
    const own = valuesOf(requests, REQUESTS, span.from).filter(
      (value) => value.deployment === deployment.toLowerCase(),
    );
    const counted = (values: typeof own): number => Math.round(sum(values.map(({ value }) => value)));
    return { requests: counted(own), errors: counted(own.filter(isError)) };
  }

  /** What Azure Monitor knows of an endpoint. */
  async metrics(endpointId: string, span: MetricSpan): Promise<MetricAnswers> {
    const queries = metricQueries(span);
    const [requests, latency] = await Promise.all(
      [queries.requests, queries.latency].map((path) => this.get(`${endpointId}${path}`)),
    );
    return { requests, latency };
  }

  /** Where callers send to, and with what. @throws Failure when the endpoint does not say */
  async target(endpointId: string, body: string): Promise<ScoringTarget> {
    const document = await this.get(`${endpointId}?${API_QUERY}`);
    const scoringUri = textIn(document, "properties.scoringUri");
    if (scoringUri === undefined) throw new Failure("the endpoint has no scoring address yet");
    return { scoringUri, credential: await this.credential(endpointId, textIn(document, "properties.authMode")), body };
  }

  private async credential(endpointId: string, authMode = ""): Promise<string> {
    const mode = authMode.toLowerCase();
    if (mode === "aadtoken") return this.client.token(SCORING_SCOPE);
    const [action, member] = mode === "amltoken" ? ["token", "accessToken"] : ["listKeys", "primaryKey"];
    const { body } = await this.arm("POST", `${endpointId}/${action}?${API_QUERY}`);
    return textIn(body, member) ?? "";
  }

  private async score({ scoringUri, credential, body }: ScoringTarget, deployment?: string): Promise<ScoringAnswer> {
    const headers = {
      authorization: `Bearer ${credential}`,
      "content-type": "application/json",
      ...(deployment !== undefined && { "azureml-model-deployment": deployment }),
    };
    return answerOf(await this.client.send("POST", scoringUri, { headers, body }));
  }

  private async get(path: string): Promise<unknown> {
    const { status, body } = await this.arm("GET", path);
    if (status === 200) return body;
    throw new Failure(`the local Azure answers ${status} to GET ${path.replace(/\?.*$/, "")}`);
  }

  private async arm(method: string, path: string, body?: object): Promise<Answer> {
    this.token ??= this.client.token();
    const headers = { authorization: `Bearer ${await this.token}`, "content-type": "application/json" };
    return this.client.send(method, path, { headers, ...(body && { body }) });
  }
}

/** Where callers send to, and with what. */
export interface ScoringTarget {
  readonly scoringUri: string;
  readonly credential: string;
  /** JSON. */
  readonly body: string;
}

/** Azure Monitor counts by the minute; more parts would only take longer. */
const MOST_PARTS = 10;
const NO_ANSWER: ScoringAnswer = { status: 0, deployment: undefined, milliseconds: undefined, body: undefined };

/** What the model took is what the service measures: the way between two processes of one machine says nothing. */
function answerOf({ status, headers, body }: Answer): ScoringAnswer {
  const [name, took] = [headers["azureml-model-deployment"], headers["x-ms-run-fn-exec-ms"]];
  return {
    status,
    deployment: typeof name === "string" ? name : undefined,
    milliseconds: typeof took === "string" ? Number(took) : undefined,
    body: isMap(body) || Array.isArray(body) ? body : String(body),
  };
}
