import type { RolloutView } from "../../cli/view/rolloutView";

/** Weights of the plan of {@link rolloutView}. */
const STEPS = [10, 25, 50, 100];

/**
 * How a rollout looked at a minute after 14:00 UTC.
 *
 * @param live - weight of the candidate `model-2`
 * @param errorPercent - of the candidate
 */
export function rolloutView(minute: number, live: number, errorPercent = 0): RolloutView {
  const deployment = (name: string, role: "stable" | "candidate", weight: number) => ({
    ...{ name, role, modelVersion: name.slice(-1), declared: weight, live: weight, mirror: 0 },
    ...{ state: "Succeeded", instances: 1 },
  });
  const metrics = { minutes: 5, requestsPerMinute: 40, errorPercent, p50: 20, p95: 40 };
  const step = STEPS.filter((weight) => weight <= live).length;
  return {
    schemaVersion: 1,
    at: `2026-01-02T14:${String(minute).padStart(2, "0")}:00.000Z`,
    stack: "organization/heart/dev",
    component: "heart",
    endpoint: { name: "heart-a1b2c", id: "/subscriptions/s", state: "Succeeded" },
    phase: "waiting",
    message: `model-2 has ${live} % of the traffic`,
    deployments: [
      deployment("model-1", "stable", 100 - live),
      { ...deployment("model-2", "candidate", live), metrics },
    ],
    plan: {
      stages: STEPS.map((percent) => ({ kind: "weight" as const, percent })),
      ...{ step, of: STEPS.length, text: `step ${step} of ${STEPS.length}` },
    },
    next: { text: `promote gives model-2 ${STEPS[step] ?? 100} %`, command: "mlflow-rollout promote" },
    missing: [],
  };
}
