import { scoringError, parsed } from "../azure/scoringRequest";
import type { ArmReader } from "../azure/armReaderWith";
import { sendHttps } from "../azure/https";
import type { CredentialSource, ScoringEndpoint } from "../azure/scoringCredential";
import { judgeAnswer } from "../gates/answer";
import { sourceOf } from "../gates/asked";
import type { GateQuestion, RisingCandidate } from "../gates/asked";
import { judgeCommand, judgeHttp } from "../gates/checks";
import { compareAnswers, judgeComparison } from "../gates/compare";
import { judgeErrors } from "../gates/errors";
import { judgeMeasured, judgeProbes } from "../gates/latency";
import { verdictOf } from "../gates/verdict";
import type { Finding, GateVerdict } from "../gates/verdict";
import type { Gate, GateOf } from "../settings/gates";
import { redact } from "../values/redact";
import { answerPairs } from "./answerPairs";
import { Monitor } from "./monitor";
import type { MonitoredTime } from "./monitor";
import { probe } from "./probe";
import { readRequest, readRequests } from "./readRequests";
import { runCommand } from "./runCommand";
import { saveWorst } from "./saveWorst";
import { Scoring } from "./scoring";

/** How long a gate that sends many requests may take. */
const MOST_SECONDS = 600;

/** An endpoint, and who is asked about it. */
export interface GateSources extends CredentialSource {
  readonly arm: Pick<ArmReader, "get" | "ask">;
  readonly endpoint: ScoringEndpoint;
  /** When it was last written, as Azure says it, RFC 3339. */
  readonly writtenAt?: string | undefined;
}

/** What was found of a gate, without what is the same for all findings of it. */
type Found = Omit<Finding, "source">;

/** Asks gates, all at the same time. What two of them need is asked for once, and a question never rejects. */
export class GateAsker {
  readonly monitor: Monitor;
  private readonly scoring: Scoring;

  constructor(private readonly sources: GateSources) {
    this.monitor = new Monitor(sources.arm, sources.endpoint.id, sources.writtenAt);
    this.scoring = new Scoring(sources, sources.endpoint);
  }

  /** The verdicts, in the order of the questions. */
  ask(questions: readonly GateQuestion[]): Promise<readonly GateVerdict[]> {
    return Promise.all(questions.map((question) => this.one(question)));
  }

  private async one({ gate, about }: GateQuestion): Promise<GateVerdict> {
    const found = await this.find(gate, about).catch(notAnswered);
    const told = { ...found, numbers: redact(found.numbers), source: sourceOf(gate) };
    return verdictOf(gate, about.candidate, told);
  }

  private async find(gate: Gate, about: RisingCandidate): Promise<Found> {
    switch (gate.kind) {
      case "request":
        return this.tryRequest(gate, about);
      case "errors":
        return this.countErrors(gate, about);
      case "latency":
        return gate.settings.probes === undefined ? this.readLatency(gate, about) : this.probeLatency(gate, about);
      case "http":
        return askHttp(gate);
      case "command":
        return judgeCommand(await runCommand({ ...gate.settings, variables: this.variablesOf(about) }));
      default:
        return this.compare(gate, about);
    }
  }

  private async tryRequest({ settings }: GateOf<"request">, { candidate }: RisingCandidate): Promise<Found> {
    const reply = await this.scoring.send(candidate, await readRequest(settings.data));
    const { status, milliseconds, text } = reply;
    const error = scoringError(reply, candidate);
    return judgeAnswer(settings, { status, error, answer: parsed(text), milliseconds });
  }

  private async countErrors({ settings }: GateOf<"errors">, { candidate, stable }: RisingCandidate): Promise<Found> {
    const [own, other] = await Promise.all(
      [candidate, stable].map((name) => this.monitor.counts(name, settings.windowMinutes)),
    );
    if (own === undefined || other === undefined) throw new Error("nothing was counted");
    return { ...judgeErrors(settings, { candidate: own, stable: other }), window: timeText(own) };
  }

  private async readLatency({ settings }: GateOf<"latency">, { candidate, stable }: RisingCandidate): Promise<Found> {
    const { percentile, windowMinutes } = settings;
    const [own, other] = await Promise.all(
      [candidate, stable].map((name) => this.monitor.latency(name, percentile, windowMinutes)),
    );
    if (own === undefined || other === undefined) throw new Error("nothing was measured");
    return { ...judgeMeasured(settings, own, other), window: timeText(own) };
  }

  private async probeLatency({ settings }: GateOf<"latency">, { candidate, stable }: RisingCandidate): Promise<Found> {
    const body = await readRequest(settings.data);
    const request = { settings, candidate, stable, body };
    return judgeProbes(settings, await inTime((signal) => probe(this.send, request, signal)));
  }

  private async compare({ settings }: GateOf<"compare">, { candidate, stable }: RisingCandidate): Promise<Found> {
    const requests = await readRequests(settings.data);
    const pairs = await inTime((signal) => answerPairs(this.send, { candidate, stable, requests }, signal));
    const comparison = compareAnswers(settings, pairs);
    const judged = judgeComparison(settings, comparison);
    const saved = await saveWorst(comparison.differences, requests, settings.saveWorst).then(
      (file) => file && `; the worst are in ${file}`,
      (error: Error) => `; the worst could not be saved: ${error.message}`,
    );
    return saved === undefined ? judged : { ...judged, numbers: `${judged.numbers}${saved}` };
  }

  private readonly send: Scoring["send"] = (...request) => this.scoring.send(...request);

  private variablesOf({ candidate, stable, from, to }: RisingCandidate): Readonly<Record<string, string>> {
    return {
      MLFLOW_ROLLOUT_ENDPOINT: this.sources.endpoint.name,
      MLFLOW_ROLLOUT_CANDIDATE: candidate,
      MLFLOW_ROLLOUT_STABLE: stable,
      MLFLOW_ROLLOUT_WEIGHT_FROM: String(from),
      MLFLOW_ROLLOUT_WEIGHT_TO: String(to),
    };
  }
}

async function askHttp({ settings }: GateOf<"http">): Promise<Found> {
  const { url, timeoutSeconds } = settings;
  const headers = { accept: "application/json, text/plain, */*" };
  return judgeHttp(settings, await sendHttps({ method: "GET", url, headers, timeoutMs: timeoutSeconds * 1000 }));
}

/** What could not be asked decides nothing. */
function notAnswered(error: unknown): Found {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    verdict: "inconclusive",
    numbers: reason,
    todo: 'see to it that the gate can be asked, then run "pulumi up" again',
  };
}

async function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(MOST_SECONDS * 1000);
  try {
    return await work(signal);
  } catch (error) {
    if (signal.aborted) throw new Error(`not done after ${MOST_SECONDS} s; give it fewer requests`, { cause: error });
    throw error;
  }
}

/** `2026-11-24T10:00Z to 10:30Z`. */
function timeText({ from, to }: MonitoredTime): string {
  const [begin, end] = [from, to].map((time) => new Date(time).toISOString().slice(0, 16));
  if (from >= to) return `since ${begin}Z`;
  return begin?.slice(0, 10) === end?.slice(0, 10) ? `${begin}Z to ${end?.slice(11)}Z` : `${begin}Z to ${end}Z`;
}
