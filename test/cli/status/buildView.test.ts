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

describe("what config asks for", () => {
  test("is told, and is no outage", () => {
    const { phase, unapplied, deployments } = viewOf({ config: at(25), live: { traffic: TENTH } });
    expect([phase, unapplied]).toEqual(["waiting", ["model-1 90 -> 75", "model-2 10 -> 25"]]);
    expect(deployments.map(({ declared, live }) => [declared, live])).toEqual([
      [75, 90],
      [25, 10],
    ]);
  });

  test("names deployments that come and go, and models that change", () => {
    const scene: Scene = {
      config: {
        deployments: { "model-1": { modelVersion: "3" }, "model-3": { modelVersion: "4" } },
        candidate: "model-3",
      },
      inputs: { deployments: { "model-1": { modelVersion: "1" }, "model-2": { modelVersion: "2" } } },
      inState: ["model-1", "model-2"],
    };
    expect(viewOf(scene).unapplied).toEqual([
      "new deployment model-3 with model version 4",
      "deployment model-2 removed",
      "model-1 from model version 1 to 3",
    ]);
  });

  test("is nothing where config holds no weights: the last update counts", () => {
    const inputs = { traffic: TENTH, deployments: TWO.deployments };
    const { unapplied, phase } = viewOf({
      config: {},
      inputs,
      live: { traffic: TENTH },
      inState: ["model-1", "model-2"],
    });
    expect([unapplied, phase]).toEqual([undefined, "waiting"]);
  });

  test("is not said of weights that somebody else changed", () => {
    expect(
      viewOf({ config: at(10), live: { traffic: { "model-1": 70, "model-2": 30 } }, recorded: TENTH }).unapplied,
    ).toBeUndefined();
  });
});

describe("roles and names", () => {
  test("Azure's names are compared without case", () => {
    const { phase, deployments, unapplied } = viewOf({
      config: at(10),
      live: { traffic: { "MODEL-1": 90, "Model-2": 10 } },
      states: { "MODEL-1": "Succeeded", "Model-2": "Succeeded" },
      stable: "MODEL-1",
      metrics: { "MODEL-1": { minutes: 5, requestsPerMinute: 1, errorPercent: 0 } },
    });
    expect([phase, unapplied]).toEqual(["waiting", undefined]);
    expect(deployments.map(({ name, live, state }) => [name, live, state])).toEqual([
      ["model-1", 90, "Succeeded"],
      ["model-2", 10, "Succeeded"],
    ]);
    expect(deployments[0]?.metrics?.requestsPerMinute).toBe(1);
  });

  test("without a candidate in config the stable one of the last step decides", () => {
    const traffic = { "model-1": 0, "model-2": 100 };
    const { deployments, next } = viewOf({
      config: { deployments: TWO.deployments, traffic },
      live: { traffic },
      stable: "model-1",
    });
    expect(deployments.map(({ name, role }) => [name, role])).toEqual([
      ["model-1", "stable"],
      ["model-2", "candidate"],
    ]);
    expect(next.command).toBe("mlflow-rollout finish");
  });

  test("a deployment that nobody declares is shown, without a declared weight", () => {
    const { deployments } = viewOf({
      states: { "model-1": "Succeeded", "model-2": "Succeeded", probe: "Succeeded" },
      inState: ["model-1", "model-2"],
    });
    expect(deployments.at(-1)).toEqual({
      name: "probe",
      role: "other",
      live: 0,
      mirror: 0,
      state: "Succeeded",
      instances: 1,
    });
  });

  test("a name that every object has is a name", () => {
    const config = { deployments: { constructor: { modelVersion: "1" } } };
    const { phase, deployments } = viewOf({
      config,
      live: { traffic: { constructor: 100 } },
      states: { constructor: "Succeeded" },
    });
    expect([phase, deployments.map(({ name }) => name)]).toEqual(["stable", ["constructor"]]);
  });
});

describe("what is told of times", () => {
  test("a bake time has its begin and its end", () => {
    const { bake, awaited } = viewOf({
      config: at(10, { rollout: { bakeMinutes: 30 } }),
      live: { traffic: TENTH },
      changedAt: minutesAgo(18),
    });
    expect(bake).toEqual({ since: "2026-11-30T14:02:05.000Z", until: "2026-11-30T14:32:05.000Z", minutes: 30 });
    expect(awaited).toEqual({ what: "the bake time of this step", since: bake?.since, until: bake?.until });
  });

  test("a step dated in the future counts as now, and a date that is none as none", () => {
    const config = at(10, { rollout: { bakeMinutes: 30 } });
    expect(viewOf({ config, live: { traffic: TENTH }, changedAt: "2030-01-01T00:00:00Z" }).bake?.since).toBe(
      NOW.toISOString(),
    );
    expect(viewOf({ config, live: { traffic: TENTH }, changedAt: "yesterday" }).phase).toBe("waiting");
  });

  test("what Azure works on says how long that takes", () => {
    expect(viewOf({ states: { "model-1": "Succeeded", "model-2": "Updating" } }).awaited).toEqual({
      what: "deployment model-2 (Updating)",
      usual: "3 to 10 min",
    });
  });
});

test("the endpoint of another stack is told, until config takes it over", () => {
  const tags = { "mlflow-rollout-owner": "organization/heart/prod heart", "mlflow-rollout-traffic": "model-1=100" };
  expect(viewOf({ live: { tags } }).message).toBe("the endpoint belongs to organization/heart/prod heart");
  const own = { ...tags, "mlflow-rollout-owner": "organization/heart/dev heart" };
  expect(viewOf({ live: { tags: own } }).phase).toBe("waiting");
  expect(viewOf({ config: { ...TWO, takeOver: "organization/heart/prod heart" }, live: { tags } }).phase).toBe(
    "waiting",
  );
});

test("commands are typed for the stack that was asked about", () => {
  const options = { pulumi: " --stack prod", rollout: " --stack prod --component heart" };
  expect(viewOf({ options }).next.command).toBe("mlflow-rollout promote --stack prod --component heart");
  expect(viewOf({ config: at(25), options }).next.command).toBe("pulumi up --stack prod");
});

test.each([{ steps: "soon" }, { steps: [] }, { steps: [10, 25] }, { bakeMinutes: "a day", mirror: 3 }])(
  "a plan that cannot be used is as none: %j",
  (rollout) => {
    const { plan, phase } = viewOf({ config: at(10, { rollout }), live: { traffic: TENTH } });
    expect([phase, plan?.text]).toEqual(["waiting", "step 1 of 4"]);
  },
);
