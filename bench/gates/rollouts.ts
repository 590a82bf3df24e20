import { compareAnswers, judgeComparison } from "../../components/gates/compare";
import type { AnsweredPair } from "../../components/gates/compare";
import { judgeErrors } from "../../components/gates/errors";
import { isClear, judgeProbes } from "../../components/gates/latency";
import { gatesOf } from "../../components/settings/gates";
import type { Gate, GateKind, GateOf } from "../../components/settings/gates";
import type { GateArgs } from "../../components/args/gates";
import type { Draws } from "./random";

/** How a simulated rollout went. */
export interface Outcome {
  /** Step at whose end the gate did not let it go on for the first time, from 1 on; undefined when it always did. */
  readonly stoppedAt?: number;
  /** Step in which the gate failed, which gives the weight back. */
  readonly failedAt?: number;
  /** Minutes, probes or predictions in that step until it failed. */
  readonly delay?: number;
}

/** A candidate, and what is declared. */
export interface Scenario {
  readonly name: string;
  /** Whether the gate should let it pass all steps. */
  readonly isGood: boolean;
  /** What `delay` counts. */
  readonly unit: "minutes" | "probes" | "predictions";
  /** The first step that could see it. */
  readonly seenFrom: number;
  readonly run: (draws: Draws) => Outcome;
}

/** The plan of all simulated rollouts: 600 requests a minute, and the gate is asked every minute. */
const STEPS = [10, 25, 50, 100];
const REQUESTS_PER_MINUTE = 600;
const BAKE_MINUTES = 30;

const ERRORS: GateArgs = { errors: { maxPercent: 1, maxAboveStable: 0.5 } };
const COMPARED: GateArgs = { errors: { maxAboveStable: 0.5 } };
const LATENCY: GateArgs = { latency: { percentile: 50, maxTimesStable: 1.5, probes: 500 } };
const COMPARE: GateArgs = { compare: { data: "requests.jsonl", maxPercent: 2 } };
const SET = 1000;

export const SCENARIOS: readonly Scenario[] = [
  errors("errors 0.1 %, stable 0.1 %", 0.001, 0.001, true),
  errors("errors 0.5 %, stable 0.4 %", 0.005, 0.004, true),
  errors("errors 3 %, stable 0.1 %", 0.03, 0.001, false),
  errors("errors 5 %, stable 0.1 %", 0.05, 0.001, false),
  errors("errors 3 %, stable 0.5 %, no limit of its own", 0.03, 0.005, false, COMPARED),
  errors("errors 50 %, stable 0.1 %", 0.5, 0.001, false),
  latency("p50 as the stable one's", 1, true),
  latency("p50 1.2 times the stable one's", 1.2, true),
  latency("p50 2 times the stable one's", 2, false),
  latency("p50 3 times the stable one's", 3, false),
  answers("0.5 % other answers", 0.005, true),
  answers("4 % other answers", 0.04, false),
  answers("10 % other answers", 0.1, false),
];

function errors(name: string, rate: number, stableRate: number, isGood: boolean, args = ERRORS): Scenario {
  const { settings } = gateOf("errors", args);
  const run = (draws: Draws): Outcome => {
    let stoppedAt: number | undefined;
    for (const [index, weight] of STEPS.slice(0, -1).entries()) {
      const own = (REQUESTS_PER_MINUTE * weight) / 100;
      const [candidate, stable] = [
        { failed: 0, total: 0 },
        { failed: 0, total: 0 },
      ];
      for (let minute = 1; minute <= BAKE_MINUTES; minute += 1) {
        add(candidate, draws.binomial(own, rate), own);
        add(stable, draws.binomial(REQUESTS_PER_MINUTE - own, stableRate), REQUESTS_PER_MINUTE - own);
        const { verdict } = judgeErrors(settings, { candidate, stable });
        if (verdict === "fail") return { stoppedAt: stoppedAt ?? index + 1, failedAt: index + 1, delay: minute };
        if (minute === BAKE_MINUTES && verdict !== "pass") stoppedAt ??= index + 1;
      }
    }
    return stoppedAt === undefined ? {} : { stoppedAt };
  };
  return { name, isGood, unit: "minutes", seenFrom: 1, run };
}

/** Before each step up to 500 probes to each deployment, with times that are spread as log-normal ones. */
function latency(name: string, times: number, isGood: boolean): Scenario {
  const { settings } = gateOf("latency", LATENCY);
  const run = (draws: Draws): Outcome => {
    let stoppedAt: number | undefined;
    for (const index of STEPS.keys()) {
      const [candidate, stable]: [number[], number[]] = [[], []];
      for (let sent = 1; sent <= (settings.probes ?? 0); sent += 1) {
        candidate.push(draws.logNormal(20 * times, 0.5));
        stable.push(draws.logNormal(20, 0.5));
        if (sent % 10 === 0 && isClear(settings, { candidate, stable })) break;
      }
      const { verdict } = judgeProbes(settings, { candidate, stable });
      if (verdict === "fail")
        return { stoppedAt: stoppedAt ?? index + 1, failedAt: index + 1, delay: candidate.length };
      if (verdict !== "pass") stoppedAt ??= index + 1;
    }
    return stoppedAt === undefined ? {} : { stoppedAt };
  };
  return { name, isGood, unit: "probes", seenFrom: 1, run };
}

/** A recorded set of 1,000 requests before the first step. */
function answers(name: string, share: number, isGood: boolean): Scenario {
  const { settings } = gateOf("compare", COMPARE);
  const run = (draws: Draws): Outcome => {
    const different = draws.binomial(SET, share);
    const pairs = Array.from({ length: SET }, (_, row): AnsweredPair => {
      const candidate = { answer: [row < different ? 1 : 0] };
      return { request: { line: row + 1, body: "{}" }, candidate, stable: { answer: [0] } };
    });
    const { verdict } = judgeComparison(settings, compareAnswers(settings, pairs));
    if (verdict === "fail") return { stoppedAt: 1, failedAt: 1, delay: SET };
    return verdict === "pass" ? {} : { stoppedAt: 1 };
  };
  return { name, isGood, unit: "predictions", seenFrom: 1, run };
}

function gateOf<K extends GateKind>(kind: K, args: GateArgs): GateOf<K> {
  const found = gatesOf({ [kind]: args }).find((gate: Gate) => gate.kind === kind);
  if (found === undefined) throw new Error(`there is no gate of kind ${kind}`);
  return found as unknown as GateOf<K>;
}

function add(counts: { failed: number; total: number }, failed: number, total: number): void {
  counts.failed += failed;
  counts.total += total;
}
