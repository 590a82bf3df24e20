import { describe, expect, test } from "vitest";
import { buildView } from "../../../cli/status/buildView";
import type { RolloutView } from "../../../cli/view/rolloutView";
import { NOW, TWO, at, factsOf } from "../../support/rolloutFacts";
import type { Scene } from "../../support/rolloutFacts";

const TENTH = { "model-1": 90, "model-2": 10 };
const minutesAgo = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString();
const viewOf = (scene: Scene): RolloutView => buildView(factsOf(scene));
const UNDER_WAY = { underWay: { by: "pid 1 of ada on build-7", since: minutesAgo(1) } };

describe("the phase", () => {
  test.each<[string, Scene, string, string | undefined]>([
    [
      "a failure alarms while an update is under way",
      { states: { "model-1": "Succeeded", "model-2": "Failed" }, use: UNDER_WAY },
      "degraded",
      "mlflow-rollout status --wait",
    ],
    ["an endpoint that failed", { live: { state: "Failed" } }, "degraded", "mlflow-rollout recover"],
    [
      "a failed candidate without traffic has nothing to abort",
      { states: { "model-1": "Succeeded", "model-2": "Canceled" } },
      "degraded",
      "mlflow-rollout recover",
    ],
    [
      "weights that differ while an update writes them",
      { config: at(10), use: UNDER_WAY },
      "progressing",
      "mlflow-rollout status --wait",
    ],
    [
      "Azure scales",
      { states: { "model-1": "Scaling", "model-2": "Succeeded" } },
      "progressing",
      "mlflow-rollout status --wait",
    ],
    [
      "a deployment was deleted by hand",
      { states: { "model-1": "Succeeded" }, inState: ["model-1", "model-2"] },
      "degraded",
      "pulumi up --refresh",
    ],
    ["the endpoint was deleted by hand", { live: undefined, inState: ["model-1"] }, "degraded", "pulumi up --refresh"],
    ["the endpoint lost its weights", { live: { traffic: {} }, recorded: { "model-1": 100 } }, "degraded", "pulumi up"],
    ["a write did not take effect", { config: at(10), written: TENTH }, "degraded", "pulumi up"],
    [
      "a declared write of an earlier run that Azure lost its tags of",
      { config: at(10), live: { traffic: TENTH }, recorded: undefined, written: TENTH },
      "waiting",
      "mlflow-rollout promote",
    ],
    [
      "somebody declared what was changed by hand",
      { config: at(30), live: { traffic: { "model-1": 70, "model-2": 30 } }, recorded: TENTH },
      "waiting",
      "mlflow-rollout promote",
    ],
    [
      "an endpoint of other tools without a record",
      { config: at(10), recorded: undefined, written: undefined },
      "waiting",
      "pulumi up",
    ],
    [
      "an abort that is only config",
      {
        config: at(0, { rollout: { bakeMinutes: 60, paused: "why" } }),
        live: { traffic: TENTH },
        changedAt: minutesAgo(1),
      },
      "waiting",
      "pulumi up",
    ],
    [
      "a raise that is only config, while it bakes",
      { config: at(25, { rollout: { bakeMinutes: 60 } }), live: { traffic: TENTH }, changedAt: minutesAgo(1) },
      "baking",
      "pulumi up",
    ],
    [
      "a mirror that is only config, while it is paused",
      { config: at(0, { mirrorTraffic: { "model-2": 10 }, rollout: { paused: "why" } }) },
      "paused",
      "mlflow-rollout resume",
    ],
    ["a mirror that is only config", { config: at(0, { mirrorTraffic: { "model-2": 10 } }) }, "waiting", "pulumi up"],
    [
      "a candidate with everything is not paused",
      { config: at(100, { rollout: { paused: "why" } }), live: { traffic: { "model-2": 100 } } },
      "waiting",
      "mlflow-rollout finish",
    ],
    [
      "bake time of the policy",
      { config: at(10), inputs: { policy: { bakeMinutes: 30 } }, live: { traffic: TENTH }, changedAt: minutesAgo(1) },
      "baking",
      "mlflow-rollout promote",
    ],
    [
      "a bake time that has just ended",
      { config: at(10, { rollout: { bakeMinutes: 30 } }), live: { traffic: TENTH }, changedAt: minutesAgo(30) },
      "waiting",
      "mlflow-rollout promote",
    ],
    [
      "no deployment has traffic",
      { config: { ...TWO, traffic: {}, candidate: "" }, live: { traffic: {} }, recorded: {}, written: {} },
      "waiting",
      undefined,
    ],
  ])("%s", (_, scene, phase, command) => {
    const { phase: found, next } = viewOf(scene);
    expect([found, next.command]).toEqual([phase, command]);
  });

  test("a split without a candidate is no calm, and its next step is config", () => {
    const names = ["a-1", "b-1", "c-1"];
    const traffic = { "a-1": 60, "b-1": 30, "c-1": 10 };
    const deployments = Object.fromEntries(names.map((name) => [name, { modelVersion: "1" }]));
    const states = Object.fromEntries(names.map((name) => [name, "Succeeded"]));
    const {
      phase,
      message,
      plan,
      deployments: shown,
    } = viewOf({ config: { deployments, traffic }, live: { traffic }, states, stable: "a-1" });
    expect([phase, message, plan]).toEqual(["waiting", "the traffic is shared: a-1=60 b-1=30 c-1=10", undefined]);
    expect(shown.map(({ role }) => role)).toEqual(["stable", "other", "other"]);
  });
});
