import { describe, expect, test } from "vitest";
import { buildView } from "../../../cli/status/buildView";
import type { RolloutView } from "../../../cli/view/rolloutView";
import { NOW, TWO, at, factsOf } from "../../support/rolloutFacts";
import type { Scene } from "../../support/rolloutFacts";

const TENTH = { "model-1": 90, "model-2": 10 };
const minutesAgo = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString();
const viewOf = (scene: Scene): RolloutView => buildView(factsOf(scene));

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
