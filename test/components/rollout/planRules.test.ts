import { describe, expect, test } from "vitest";
import type { RolloutPlanArgs, RolloutPolicyArgs } from "../../../components/args/rollout";
import { planStep } from "../../../components/rollout/planStep";
import type { LiveState } from "../../../components/rollout/step";
import type { TrafficState, Weights } from "../../../components/rollout/weights";
import { linesOf } from "../../support/linesOf";
import { requestOf, settled } from "../../support/stepRequest";
import { stateOf } from "../../support/trafficStates";

const OLD = "2026-11-23T12:00:00.000Z";
const RECENT = "2026-11-24T11:50:00.000Z";
const NEW_RULES: ReadonlySet<string> = new Set(["paused", "mirrorMinutes", "retireAfterMinutes"]);

function refusals(from: LiveState, declared: TrafficState, plan: RolloutPlanArgs, policy: RolloutPolicyArgs = {}) {
  return linesOf(planStep(requestOf(declared, from, { plan, policy })).violations);
}

function live(traffic: Weights, changedAt: string, mirrorTraffic: Weights = {}): LiveState {
  return settled(traffic, { mirrorTraffic, changedAt, stable: "default" });
}

describe("the bake time of a plan", () => {
  const split = live({ default: 90, green: 10 }, RECENT);
  const raised = stateOf({ default: 75, green: 25 });

  test("is the one of the policy under another name", () => {
    const stays = (setting: string) => [
      `traffic.green: must stay at 10 for 20 more min: ${setting} is 30, last step ${RECENT}`,
    ];
    expect(refusals(split, raised, { bakeMinutes: 30 })).toEqual(stays("rollout.bakeMinutes"));
    expect(refusals(split, raised, {}, { bakeMinutes: 30 })).toEqual(stays("policy.bakeMinutes"));
  });

  test("is over after its minutes", () => {
    expect(refusals(split, raised, { bakeMinutes: 10 })).toEqual([]);
  });
});

describe("while a rollout is paused", () => {
  const plan = { paused: 'p95 "doubled"' };
  const why = String.raw`while the rollout is paused, "p95 \"doubled\""; go on with "mlflow-rollout resume", or remove rollout.paused from config`;

  test.each<[string, LiveState, TrafficState, readonly string[]]>([
    [
      "a candidate gets no more",
      live({ default: 90, green: 10 }, OLD),
      stateOf({ default: 75, green: 25 }),
      [`traffic.green: must not rise from 10 to 25 ${why}`],
    ],
    [
      "nor the first requests, live or as copies",
      live({ default: 100, green: 0, red: 0 }, OLD),
      stateOf({ default: 99, green: 1, red: 0 }, { red: 10 }),
      [`traffic.green: must not rise from 0 to 1 ${why}`, `mirrorTraffic.red: must not rise from 0 to 10 ${why}`],
    ],
    [
      "nor more copies",
      live({ default: 100, green: 0 }, OLD, { green: 10 }),
      stateOf({ default: 100, green: 0 }, { green: 20 }),
      [`mirrorTraffic.green: must not rise from 10 to 20 ${why}`],
    ],
    ["it goes back", live({ default: 10, green: 90 }, OLD), stateOf({ default: 100, green: 0 }), []],
    ["also after it had everything", live({ default: 0, green: 100 }, OLD), stateOf({ default: 90, green: 10 }), []],
    ["copies end", live({ default: 100, green: 0 }, OLD, { green: 10 }), stateOf({ default: 100, green: 0 }), []],
    ["what is there stays", live({ default: 90, green: 10 }, OLD), stateOf({ default: 90, green: 10 }), []],
    ["a deployment is added", live({ default: 100 }, OLD), stateOf({ default: 100, green: 0 }), []],
    ["the old one leaves", live({ default: 0, green: 100 }, OLD), stateOf({ green: 100 }), []],
    ["an endpoint serves for the first time", settled({}), stateOf({ default: 100 }), []],
  ])("%s", (_, from, declared, lines) => {
    expect(refusals(from, declared, plan)).toEqual(lines);
  });
});

describe("the time that a candidate is mirrored", () => {
  const plan = { mirror: { percent: 10, minutes: 30 } };
  const first = stateOf({ default: 90, green: 10 });

  test.each<[string, LiveState, TrafficState, RolloutPlanArgs, readonly string[]]>([
    [
      "is not over",
      live({ default: 100, green: 0 }, RECENT, { green: 10 }),
      first,
      plan,
      [
        `traffic.green: must be mirrored for 20 more min before it gets weight: rollout.mirror.minutes is 30, last step ${RECENT}`,
      ],
    ],
    [
      "has not begun",
      live({ default: 100, green: 0 }, OLD),
      first,
      plan,
      [
        "traffic.green: must be mirrored for 30 min before it gets weight: rollout.mirror.minutes is 30, and it is not " +
          "mirrored; give it 10 in mirrorTraffic and 0 in traffic first",
      ],
    ],
    ["is over", live({ default: 100, green: 0 }, OLD, { green: 10 }), first, plan, []],
    ["is none", live({ default: 100, green: 0 }, RECENT), first, { mirror: { percent: 10 } }, []],
    ["is behind it", live({ default: 90, green: 10 }, RECENT), stateOf({ default: 50, green: 50 }), plan, []],
    ["is not that of the old one", live({ default: 0, green: 100 }, RECENT), first, plan, []],
    ["is none on an endpoint that serves nothing", settled({}), first, plan, []],
    [
      "counts beside the bake time",
      live({ default: 100, green: 0 }, RECENT, { green: 10 }),
      first,
      { ...plan, bakeMinutes: 60 },
      [
        `traffic.green: must stay at 0 for 50 more min: rollout.bakeMinutes is 60, last step ${RECENT}`,
        `traffic.green: must be mirrored for 20 more min before it gets weight: rollout.mirror.minutes is 30, last step ${RECENT}`,
      ],
    ],
  ])("%s", (_, from, declared, given, lines) => {
    expect(refusals(from, declared, given)).toEqual(lines);
  });
});

describe("the time that the old deployment stays", () => {
  const plan = { retireAfterMinutes: 60 };
  const ended = live({ default: 0, green: 100 }, RECENT);
  const green = stateOf({ green: 100 });

  test.each<[string, LiveState, TrafficState, readonly string[]]>([
    [
      "is not over",
      ended,
      green,
      [
        `deployments.default: must stay for 50 more min, until 2026-11-24T12:50:00.000Z: rollout.retireAfterMinutes is 60, ` +
          `last step ${RECENT}; declare it again with weight 0 until then`,
      ],
    ],
    ["is over", live({ default: 0, green: 100 }, OLD), green, []],
    ["is kept", ended, stateOf({ default: 0, green: 100 }), []],
    [
      "is not that of a candidate that was given up",
      live({ default: 100, green: 0 }, RECENT),
      stateOf({ default: 100 }),
      [],
    ],
    ["does not hold up the way back", ended, stateOf({ default: 100, green: 0 }), []],
    ["is not known without a record", settled({ default: 0, green: 100 }), green, []],
    ["is none when the time cannot be read", live({ default: 0, green: 100 }, "yesterday"), green, []],
    [
      "begins when another one has everything",
      live({ default: 90, green: 10 }, OLD),
      green,
      [
        "deployments.default: has 90 % of the live traffic and must stay for 60 min after another deployment has got all " +
          "of the traffic: rollout.retireAfterMinutes is 60; declare it again with weight 0",
      ],
    ],
  ])("%s", (_, from, declared, lines) => {
    expect(refusals(from, declared, plan)).toEqual(lines);
  });

  test("is named as the last step named it, and is not said twice of one that has requests", () => {
    const named = { ...ended, lastApplied: [stateOf({ Default: 0, green: 100 })] };
    expect(refusals(named, green, plan)[0]).toMatch(/^deployments\.Default: must stay/);
    const request = requestOf(green, live({ default: 90, green: 10 }, OLD), { plan });
    expect(linesOf(planStep({ ...request, isProtected: true }).violations)).toEqual([
      expect.stringMatching(/^deployments\.default: has 90 % of the live traffic and is removed in the same update/),
    ]);
  });

  test("counts from now when nobody can have measured it", () => {
    expect(refusals(live({ default: 0, green: 100 }, "2099-01-01T00:00:00Z"), green, plan)).toEqual([
      "deployments.default: must stay for 60 more min, until 2026-11-24T13:00:00.000Z: rollout.retireAfterMinutes is 60, the " +
        "last step is dated 2099-01-01T00:00:00Z, which is in the future and counts as now; run " +
        '"pulumi up" with the weights as they are once, which starts the time; declare it again with weight 0 until then',
    ]);
  });
});

test("the rules of a plan are named when there is one, with how much of a limit is over", () => {
  const rules = (plan?: RolloutPlanArgs) => {
    const request = requestOf(
      stateOf({ default: 90, green: 10 }),
      live({ default: 100, green: 0 }, RECENT, { green: 10 }),
    );
    return planStep(plan === undefined ? request : requestOf(request.declared, request.live, { plan })).rules.filter(
      ({ rule }) => NEW_RULES.has(rule),
    );
  };
  expect(rules()).toEqual([]);
  expect(rules({ mirror: { percent: 10, minutes: 5 } })).toEqual([
    { rule: "paused", verdict: "kept" },
    { rule: "mirrorMinutes", verdict: "kept", used: 5, limit: 5 },
    { rule: "retireAfterMinutes", verdict: "kept" },
  ]);
  expect(rules({ mirror: { percent: 10, minutes: 30 }, paused: "why" })).toEqual([
    { rule: "paused", verdict: "broken" },
    { rule: "mirrorMinutes", verdict: "broken", used: 10, limit: 30 },
    { rule: "retireAfterMinutes", verdict: "kept" },
  ]);
});
