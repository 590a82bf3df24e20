import { NOW, at } from "./rolloutFacts";
import type { Scene } from "./rolloutFacts";

const TENTH = { "model-1": 90, "model-2": 10 };
const minutesAgo = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString();
const NAMES = Array.from({ length: 20 }, (_, index) => `model-${String(index + 1).padStart(2, "0")}`);
const LONG = ["heart-classifier-production-ab-1", "heart-classifier-production-ab-2"] as const;

/** Rollouts in each phase that there is, and in odd ones. */
export const SCENES = {
  "one deployment serves": {
    config: { deployments: { "model-1": { modelVersion: "1" } } },
    states: { "model-1": "Succeeded" },
  },
  "a candidate has no traffic yet": {},
  "a step is live": { config: at(10), live: { traffic: TENTH } },
  "gates are asked": {
    config: at(10, {
      rollout: { gates: { errors: { errors: { maxPercent: 1 } }, smoke: { request: {}, dryRun: true } } },
    }),
    live: { traffic: TENTH },
    outputs: {
      rollout: {
        gates: [
          { gate: "smoke", verdict: "fail", candidate: "model-2", numbers: "answers [1] in 3 ms: 1 prediction, not 4" },
        ],
      },
    },
  },
  "it is paused": {
    config: at(10, { rollout: { paused: "waiting for the audit" } }),
    live: { traffic: TENTH },
  },
  "it bakes": {
    config: at(10, { rollout: { bakeMinutes: 30 } }),
    live: { traffic: TENTH },
    changedAt: minutesAgo(18),
  },
  "an update is under way": {
    config: at(0),
    states: { "model-1": "Succeeded", "model-2": "Creating" },
    use: { underWay: { by: "pid 4711 of ada on build-7", since: minutesAgo(4) } },
  },
  "a deployment has failed": {
    config: at(10),
    live: { traffic: TENTH },
    states: { "model-1": "Succeeded", "model-2": "Failed" },
  },
  "somebody changed the weights": {
    config: at(10),
    live: { traffic: { "model-1": 70, "model-2": 30 } },
    recorded: TENTH,
  },
  "it is mirrored": {
    config: at(0, { mirrorTraffic: { "model-2": 10 }, rollout: { mirror: { percent: 10, minutes: 15 } } }),
    live: { mirrorTraffic: { "model-2": 10 } },
    changedAt: minutesAgo(3),
  },
  "it is off the plan": { config: at(30), live: { traffic: { "model-1": 70, "model-2": 30 } } },
  "the candidate has everything": {
    config: at(100, { rollout: { retireAfterMinutes: 1440 } }),
    live: { traffic: { "model-2": 100 } },
    changedAt: minutesAgo(60),
  },
  "there is no endpoint yet": { live: undefined },
  "there are no metrics": {
    config: at(10),
    live: { traffic: TENTH },
    metrics: undefined,
    missing: [
      "requests and errors: Azure answers 403 AuthorizationFailed; it needs the permission Microsoft.Insights/metrics/read",
    ],
  },
  "config was edited": { config: at(25), live: { traffic: TENTH } },
  "an update was cut off": { use: { cutOff: "its lock is still there, and pid 4711 that took it is gone" } },
  "there are 20 deployments": {
    config: {
      deployments: Object.fromEntries(NAMES.map((name, index) => [name, { modelVersion: String(index + 1) }])),
      traffic: { "model-01": 80, "model-02": 20 },
    },
    live: { traffic: { "model-01": 80, "model-02": 20 } },
    states: Object.fromEntries(NAMES.map((name) => [name, "Succeeded"])),
    stable: "model-01",
    metrics: { "model-01": { minutes: 5, requestsPerMinute: 0.4, errorPercent: 0.01, p50: 21, p95: 1038 } },
  },
  "names are long": {
    config: {
      deployments: { [LONG[0]]: { modelVersion: "20261130" }, [LONG[1]]: { modelVersion: "20261201" } },
      candidate: LONG[1],
      candidateTraffic: 50,
      rollout: {
        paused:
          "the people of the night shift want to look at the answers of the new model before more callers get them",
      },
    },
    live: { traffic: { [LONG[0]]: 50, [LONG[1]]: 50 }, name: "heart-classifier-production-ab12" },
    states: { [LONG[0]]: "Succeeded", [LONG[1]]: "Succeeded" },
    stable: LONG[0],
    options: { pulumi: " --stack production", rollout: " --stack production" },
  },
} satisfies Readonly<Record<string, Scene>>;
