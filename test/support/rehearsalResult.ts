import { rehearsalResult } from "../../cli/rehearsal/result";
import type { RehearsalResult, StageResult } from "../../cli/rehearsal/result";

/** Virtual time of a rehearsal's first update, milliseconds since 1970. */
export const BEGIN = Date.parse("2026-12-01T10:00:00Z");
const HALF_HOUR = 30 * 60_000;

/** A stage that was done, half an hour long, at a place in the rehearsal. */
export function doneStage(index: number, changes: Partial<StageResult> = {}): StageResult {
  const from = BEGIN + index * HALF_HOUR;
  return {
    kind: "step",
    step: index,
    title: `step ${index} of 2`,
    weight: 0,
    mirrored: 0,
    requests: 0,
    lost: 0,
    deployments: [],
    exposed: { requests: 0, bad: 0 },
    verdicts: [],
    asked: 1,
    outcome: "done",
    reasons: [],
    from,
    updatedAt: from + 60_000,
    to: from + HALF_HOUR,
    ...changes,
  };
}

export function resultOf(stages: readonly StageResult[], faults: readonly string[] = []): RehearsalResult {
  const about = {
    stack: "organization/heart/dev",
    component: "heart",
    stable: "model-1",
    candidate: "model-2",
    faults,
  };
  return { ...rehearsalResult(about, stages), seconds: 41.5 };
}

const START = doneStage(0, { kind: "start", title: "start", weight: 0 });
const FAIL = "rollout.gates.errors: fail: model-2: 5.2 % of 480 requests failed, at most 1 %";

/** One that a gate stops before its second step. */
export const ABORTED = resultOf(
  [
    START,
    doneStage(1, {
      weight: 10,
      requests: 1200,
      lost: 6,
      split: { requests: 1000, candidate: 104, interval: [0.0763, 0.1402], isAsDeclared: true },
      deployments: [
        { name: "model-1", requests: 1080, errors: 0, wrong: 0, p50: 0.42, p95: 3.1 },
        { name: "model-2", requests: 120, errors: 6, wrong: 1, p50: 301, p95: 310.4 },
      ],
      exposed: { requests: 120, bad: 7 },
      verdicts: [
        "traffic  model-1 100 -> 90, model-2 0 -> 10 (10 points move)",
        "rules    weights kept",
        "gate     errors pass",
      ],
    }),
    doneStage(2, { weight: 100, asked: 2, outcome: "fail", reasons: [FAIL] }),
    doneStage(3, { kind: "abort", step: 2, title: "abort", weight: 0 }),
  ],
  ["candidate: 5 % errors"],
);

/** One that goes through. */
export const COMPLETED = resultOf([START, doneStage(1, { weight: 10 }), doneStage(2, { weight: 100 })]);
