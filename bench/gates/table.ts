import { seededRandom } from "../../driver/scoring";
import { BUDGET_CASES, playBudget } from "./budget";
import { drawsOf } from "./random";
import { SCENARIOS } from "./rollouts";
import type { Outcome, Scenario } from "./rollouts";

export interface SimulationOrder {
  readonly rollouts: number;
  readonly steps: number;
  readonly seed: number;
}

/** What came of many rollouts with one candidate. */
export interface ScenarioRow extends Pick<Scenario, "name" | "isGood" | "unit"> {
  /** Share that the gate held or failed at the first step that could see it, 0 to 1. */
  readonly stoppedAtOnce: number;
  /** Share whose weight was given back, at any step. */
  readonly aborted: number;
  /** Median until the gate failed; undefined when it failed less than half of them. */
  readonly delay?: number;
}

/** Plays every scenario; each has numbers of its own, so that another one changes none of its figures. */
export function playScenarios({ rollouts, seed }: SimulationOrder): readonly ScenarioRow[] {
  return SCENARIOS.map((scenario, index) => {
    const draws = drawsOf(seededRandom(seed + index));
    return rowOf(
      scenario,
      Array.from({ length: rollouts }, () => scenario.run(draws)),
    );
  });
}

export function playBudgets({ steps, seed }: SimulationOrder) {
  return BUDGET_CASES.map((one, index) => playBudget(one, steps, drawsOf(seededRandom(seed + 100 + index))));
}

function rowOf({ name, isGood, unit, seenFrom }: Scenario, outcomes: readonly Outcome[]): ScenarioRow {
  const share = (holds: (outcome: Outcome) => boolean): number => outcomes.filter(holds).length / outcomes.length;
  const delays = outcomes.map(({ delay = Infinity }) => delay).toSorted((a, b) => a - b);
  const median = delays[Math.floor(delays.length / 2)] ?? Infinity;
  return {
    name,
    isGood,
    unit,
    stoppedAtOnce: share(({ stoppedAt = Infinity }) => stoppedAt <= seenFrom),
    aborted: share(({ failedAt }) => failedAt !== undefined),
    ...(median < Infinity && { delay: median }),
  };
}

/** The tables of the page, in Markdown. */
export function simulationTables(order: SimulationOrder): string {
  const percent = (share: number): string => `${Number((100 * share).toFixed(2))} %`;
  const scenarios = playScenarios(order).map(({ name, isGood, unit, stoppedAtOnce, aborted, delay }) => {
    const seen = delay === undefined ? "" : `${delay} ${delay === 1 ? unit.slice(0, -1) : unit}`;
    return `| ${name} | ${isGood ? "good" : "bad"} | ${percent(stoppedAtOnce)} | ${percent(aborted)} | ${seen} |`;
  });
  const budgets = playBudgets(order).map(({ name, bound, bad, held }) => {
    return `| ${name} | ${Math.round(bound)} | ${Number(bad.toPrecision(3))} | ${percent(held)} |`;
  });
  return [
    "| candidate | is | stopped at the first step | given up | fails after (median) |",
    "| --- | --- | --- | --- | --- |",
    ...scenarios,
    "",
    "| step | bound (mean) | bad answers (mean) | within the bound |",
    "| --- | --- | --- | --- |",
    ...budgets,
  ].join("\n");
}
