import { hasWeight, weightOf } from "../rollout/weights";
import type { TrafficState } from "../rollout/weights";
import type { Gate } from "../settings/gates";
import { redact } from "../values/redact";
import { verdictOf } from "./verdict";
import type { GateVerdict } from "./verdict";

/** A candidate whose weight rises in a step. */
export interface RisingCandidate {
  readonly candidate: string;
  readonly stable: string;
  /** Its weights in percent. */
  readonly from: number;
  readonly to: number;
  /** Whether it gets requests now, live or mirrored, so that Azure Monitor can know of it. */
  readonly hasRequests: boolean;
}

/** A gate to ask about one candidate. */
export interface GateQuestion {
  readonly gate: Gate;
  readonly about: RisingCandidate;
}

/** The candidates that gates are asked about, with what is live now. */
export function risingCandidatesOf(
  rising: readonly string[],
  stable: string,
  live: TrafficState,
  declared: TrafficState,
): readonly RisingCandidate[] {
  return rising.map((candidate) => ({
    candidate,
    stable,
    from: weightOf(live.traffic, candidate),
    to: weightOf(declared.traffic, candidate),
    hasRequests: hasWeight(live, candidate),
  }));
}

/** What can be asked now, and of the others why not. */
export interface Asked {
  readonly questions: readonly GateQuestion[];
  readonly unasked: readonly GateVerdict[];
}

/**
 * Which gates can be asked about the candidates of a step. Azure Monitor knows nothing of one without requests: the gates
 * that need it are asked from the step after its first one on, or once it is mirrored.
 *
 * @param missing - candidates that are only created by the update, so that its preview cannot ask about them
 */
export function askable(gates: readonly Gate[], rising: readonly RisingCandidate[], missing: readonly string[]): Asked {
  const all = rising.flatMap((about) => gates.map((gate) => ({ gate, about })));
  const reasons = all.map((question) => ({ question, why: whyNot(question, missing) }));
  return {
    questions: reasons.flatMap(({ question, why }) => (why === undefined ? [question] : [])),
    unasked: reasons.flatMap(({ question, why }) => (why === undefined ? [] : [unasked(question, why)])),
  };
}

function whyNot({ gate, about }: GateQuestion, missing: readonly string[]): string | undefined {
  if (needsRequests(gate) && !about.hasRequests) return "it has had no requests yet, live or mirrored";
  if (missing.includes(about.candidate)) return "it does not exist yet; the update asks";
  return undefined;
}

function unasked({ gate, about }: GateQuestion, why: string): GateVerdict {
  return verdictOf(gate, about.candidate, { verdict: "not asked", numbers: why, source: sourceOf(gate) });
}

/** Whether a gate stands on requests that Azure Monitor has counted. */
function needsRequests(gate: Gate): boolean {
  return gate.kind === "errors" || (gate.kind === "latency" && gate.settings.probes === undefined);
}

/** Who a gate asks, in words, without what looks like a secret. */
export function sourceOf(gate: Gate): string {
  return redact(sourceText(gate));
}

function sourceText(gate: Gate): string {
  switch (gate.kind) {
    case "request":
      return `a request by its header, ${gate.settings.data}`;
    case "errors":
      return "Azure Monitor";
    case "latency": {
      const { probes, data } = gate.settings;
      return probes === undefined ? "Azure Monitor" : `up to ${probes} requests by header, ${data}`;
    }
    case "http":
      return `GET ${addressOf(gate.settings.url)}`;
    case "command":
      return `command ${gate.settings.run.join(" ")}`;
    default:
      return `requests by header to both, ${gate.settings.data}`;
  }
}

/** An address without its query, which may hold what is secret. */
function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
