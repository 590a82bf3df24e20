import { decideStep } from "../../components/rollout/decideStep";
import { planOf } from "../../components/settings/plan";
import { policyOf } from "../../components/settings/policy";
import { rateUpper } from "../../components/statistics/upperBounds";
import type { Draws } from "./random";

/** A step of a candidate whose answers are bad with some probability, and what is known before it. */
interface BudgetCase {
  readonly name: string;
  readonly badShare: number;
  /** Requests of the candidate that have been counted before the step; 0 for a first step. */
  readonly known: number;
  readonly from: number;
  readonly to: number;
}

export const BUDGET_CASES: readonly BudgetCase[] = [
  { name: "first step, all answers bad", badShare: 1, known: 0, from: 0, to: 10 },
  { name: "10 to 25 %, 0.5 % bad, 1,800 answers known", badShare: 0.005, known: 1800, from: 10, to: 25 },
  { name: "50 to 100 %, 0.1 % bad, 9,000 answers known", badShare: 0.001, known: 9000, from: 50, to: 100 },
];

const REQUESTS_PER_MINUTE = 600;
const [BAKE_MINUTES, DELAY_MINUTES] = [30, 5];
const NOW = new Date("2026-11-24T12:00:00Z");

/** The bound of a step, and how often it held. */
export interface BudgetRow {
  readonly name: string;
  /** Mean over the steps. */
  readonly bound: number;
  /** Mean over the steps. */
  readonly bad: number;
  /** 0 to 1. */
  readonly held: number;
}

/** Plays a step with Poisson arrivals some times, with what the preview of each would say. */
export function playBudget(one: BudgetCase, times: number, draws: Draws): BudgetRow {
  let [bounds, bad, held] = [0, 0, 0];
  for (let step = 0; step < times; step += 1) {
    const seen = { failed: draws.binomial(one.known, one.badShare), total: one.known };
    const bound = boundOf(one, rateUpper(seen, 0.001));
    const mean = (REQUESTS_PER_MINUTE * one.to * one.badShare * (BAKE_MINUTES + DELAY_MINUTES)) / 100;
    const answers = draws.poisson(mean);
    bounds += bound;
    bad += answers;
    if (answers <= bound) held += 1;
  }
  return { name: one.name, bound: bounds / times, bad: bad / times, held: held / times };
}

/** As the rule of the step has it. */
function boundOf({ from, to }: BudgetCase, badShare: number): number {
  const state = (weight: number) => ({ traffic: { blue: 100 - weight, green: weight }, mirrorTraffic: {} });
  const { rules } = decideStep({
    declared: state(to),
    live: { ...state(from), lastApplied: [state(from)], stable: "blue" },
    policy: policyOf(),
    plan: planOf({ bakeMinutes: BAKE_MINUTES, gateDelayMinutes: DELAY_MINUTES, maxBadRequests: 1_000_000_000 }),
    load: { requestsPerMinute: REQUESTS_PER_MINUTE, badShares: { green: badShare } },
    now: NOW,
    ...{ weightsFrom: undefined, configNamespace: undefined },
  });
  return rules.find(({ rule }) => rule === "maxBadRequests")?.used ?? Number.NaN;
}
