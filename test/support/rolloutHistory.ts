import type { History, Step } from "../../cli/dashboard/history";
import type { MetricPoint } from "../../cli/view/metricSeries";
import type { DeploymentView, RolloutView } from "../../cli/view/rolloutView";

const MINUTE_MS = 60_000;
/** When the rollout of the tests begins. */
const BEGIN = Date.parse("2026-11-30T14:00:00Z");

/** A time of the rollout, from its begin. */
export function minute(count: number): number {
  return BEGIN + count * MINUTE_MS;
}

export function deploymentView(name: string, live: number, more: Partial<DeploymentView> = {}): DeploymentView {
  return { name, role: "other", live, declared: live, mirror: 0, state: "Succeeded", instances: 1, ...more };
}

/** What a moment of the rollout looks like: `model-2` has 25 of 100 and bakes. */
export function rolloutView(more: Partial<RolloutView> = {}): RolloutView {
  return {
    schemaVersion: 1,
    at: new Date(minute(72)).toISOString(),
    stack: "acme/heart/prod",
    component: "heart",
    endpoint: { name: "heart-x7k2p", id: "/subscriptions/0/onlineEndpoints/heart-x7k2p", state: "Succeeded" },
    phase: "baking",
    message: "the next step waits until the bake time is over",
    deployments: [
      deploymentView("model-1", 75, { role: "stable", modelVersion: "1", metrics: metrics(886, 0.02, 41.3, 88) }),
      deploymentView("model-2", 25, { role: "candidate", modelVersion: "2", metrics: metrics(295, 0.4, 38, 97.2) }),
    ],
    plan: {
      stages: [
        { kind: "mirror", percent: 20 },
        ...[10, 25, 50, 100].map((percent) => ({ kind: "weight", percent }) as const),
      ],
      step: 2,
      of: 4,
      text: "step 2 of 4",
    },
    bake: {
      since: new Date(minute(60)).toISOString(),
      until: new Date(minute(90)).toISOString(),
      minutes: 30,
    },
    changedAt: new Date(minute(60)).toISOString(),
    next: { text: "raise model-2 to 50 when the bake time is over", command: "npx mlflow-rollout promote" },
    missing: [],
    ...more,
  };
}

function metrics(requestsPerMinute: number, errorPercent: number, p50: number, p95: number) {
  return { minutes: 5, requestsPerMinute, errorPercent, p50, p95 };
}

/** The weights of `model-2` and its mirror, from a minute on. */
const STAGES: readonly (readonly [from: number, weight: number, mirror: number])[] = [
  [0, 0, 0],
  [20, 0, 20],
  [40, 10, 0],
  [60, 25, 0],
];

/** The history of the view: four steps, and metrics of every minute. */
export function rolloutHistory(view: RolloutView = rolloutView()): History {
  const minutes = Math.round((Date.parse(view.at) - BEGIN) / MINUTE_MS);
  const steps: Step[] = [
    step(-2000, "model-1 0 → 100", 0, 0),
    step(8, "model-2 added", 0, 0, "model-2: trained on November"),
    step(20, "mirror model-2 0 → 20", 0, 20),
    step(40, "model-1 100 → 90, model-2 0 → 10, mirror model-2 20 → 0", 10, 0),
    step(60, "model-1 90 → 75, model-2 10 → 25", 25, 0, "looks good, says Kim"),
  ];
  const every = Array.from({ length: minutes + 30 }, (_, index) => index - 30);
  return {
    views: [view],
    steps,
    metrics: [
      { deployment: "model-1", points: every.map((at) => point(at, 100 - stageAt(at).weight, 41, 0.02)) },
      {
        deployment: "model-2",
        points: every
          .filter((at) => at >= 20)
          .map((at) => point(at, stageAt(at).weight + stageAt(at).mirror, 38, at > 55 && at < 64 ? 1.8 : 0.3)),
      },
    ],
  };
}

function stageAt(at: number): { readonly weight: number; readonly mirror: number } {
  const [, weight, mirror] = STAGES.findLast(([from]) => from <= at) ?? [0, 0, 0];
  return { weight, mirror };
}

function step(at: number, text: string, weight: number, mirror: number, note?: string): Step {
  const state = { traffic: { "model-1": 100 - weight, "model-2": weight }, mirrorTraffic: { "model-2": mirror } };
  return { since: minute(at - 1), at: minute(at), text, isFailed: false, state, ...(note !== undefined && { note }) };
}

/** Numbers that look measured and are always the same. */
function point(at: number, percent: number, latency: number, errors: number): MetricPoint {
  const wave = Math.sin(at * 1.7) * 0.06 + Math.sin(at * 0.43) * 0.08;
  const requestsPerMinute = Math.round(1180 * (percent / 100) * (1 + wave));
  return {
    at: minute(at),
    requestsPerMinute,
    errorPercent: Math.max(0, errors * (1 + 4 * wave)),
    p50: latency * (1 + wave / 2),
    p95: latency * (2.2 + wave * 2),
  };
}
