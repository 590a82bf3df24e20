import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { planStep } from "../../../components/rollout/planStep";
import type { LiveState } from "../../../components/rollout/step";
import type { Weights } from "../../../components/rollout/weights";
import { linesOf } from "../../support/linesOf";
import { NOW, requestOf, settled } from "../../support/stepRequest";
import { servingStates, stateOf } from "../../support/trafficStates";
import type { RolloutPolicyArgs } from "../../../components/args/rollout";

function pace(live: LiveState, declared: Weights, policy: RolloutPolicyArgs): readonly string[] {
  return linesOf(planStep(requestOf(stateOf(declared), live, { policy })).violations);
}

describe("the points of one step", () => {
  const rises = (name: string, from: number, to: number): string =>
    `traffic.${name}: rises from ${from} to ${to}, by more than policy.maxIncrease of 25 points; use at most ${from + 25}`;

  test.each<[string, LiveState, Weights, readonly string[]]>([
    ["just as many as allowed", settled({ default: 100 }), { default: 75, green: 25 }, []],
    ["one too many", settled({ default: 100 }), { default: 74, green: 26 }, [rises("green", 0, 26)]],
    [
      "counted from the live weight",
      settled({ default: 80, green: 20 }, { stable: "default" }),
      { default: 50, Green: 50 },
      [rises("Green", 20, 50)],
    ],
    [
      "counted for each candidate",
      settled({ default: 100 }),
      { default: 20, green: 40, blue: 40 },
      [rises("green", 0, 40), rises("blue", 0, 40)],
    ],
    ["without limit for first serving", settled({}), { default: 100 }, []],
    ["without limit on the way back", settled({ default: 10, green: 90 }, { stable: "default" }), { default: 100 }, []],
    [
      "without limit on the way back to one without weight",
      settled({ green: 60, blue: 40 }, { stable: "default" }),
      { default: 100, green: 0, blue: 0 },
      [],
    ],
    [
      "limited for both when no one is the stable one",
      settled({ default: 50, green: 50 }),
      { default: 100, green: 0 },
      [rises("default", 50, 100)],
    ],
    [
      "without limit on the way back from 0/100",
      settled({ default: 0, green: 100 }, { stable: "default" }),
      { default: 100, green: 0 },
      [],
    ],
    [
      "limited for an old deployment once another rollout has begun",
      settled({ default: 0, green: 100 }, { stable: "green" }),
      { default: 100, green: 0 },
      [rises("default", 0, 100)],
    ],
  ])("%s", (_, live, declared, lines) => {
    expect(pace(live, declared, { maxIncrease: 25 })).toEqual(lines);
  });
});

describe("the time between two steps", () => {
  const SPLIT = { default: 90, green: 10 };
  const stays = (minutes: number, changedAt: string): readonly string[] => [
    `traffic.green: must stay at 10 for ${minutes} more min: policy.bakeMinutes is 30, last step ${changedAt}`,
  ];

  test.each<[string, string | undefined, readonly string[]]>([
    ["not over", "2026-11-24T11:50:00Z", stays(20, "2026-11-24T11:50:00Z")],
    ["rounded up to whole minutes", "2026-11-24T11:30:01Z", stays(1, "2026-11-24T11:30:01Z")],
    ["given in another zone", "2026-11-24T12:50:00+01:00", stays(20, "2026-11-24T12:50:00+01:00")],
    ["just over", "2026-11-24T11:30:00.000Z", []],
    ["counted from now when Azure's clock is ahead", "2026-11-24T12:05:00Z", stays(30, "2026-11-24T12:05:00Z")],
    [
      "counted from now when nobody can have measured it, and started by an update without a step",
      "2099-01-01T00:00:00Z",
      [
        "traffic.green: must stay at 10 for 30 more min: policy.bakeMinutes is 30, the last step is dated " +
          '2099-01-01T00:00:00Z, which is in the future and counts as now; run "pulumi up" with the weights as they are ' +
          "once, which starts the time",
      ],
    ],
    ["not recorded", undefined, []],
    ["not readable", "yesterday", []],
  ])("%s", (_, changedAt, lines) => {
    const live = settled(SPLIT, { stable: "default", ...(changedAt !== undefined && { changedAt }) });
    expect(pace(live, { default: 80, green: 20 }, { bakeMinutes: 30 })).toEqual(lines);
  });

  test.each<[string, Weights]>([
    ["the way back", { default: 100, green: 0 }],
    ["part of the way back", { default: 95, green: 5 }],
    ["a new deployment at weight 0", { default: 90, green: 10, blue: 0 }],
  ])("does not hold up %s", (_, declared) => {
    const live = settled(SPLIT, { stable: "default", changedAt: NOW.toISOString() });
    expect(pace(live, declared, { bakeMinutes: 30 })).toEqual([]);
  });

  test("is 0 unless it is asked for", () => {
    const live = settled(SPLIT, { stable: "default", changedAt: NOW.toISOString() });
    expect(pace(live, { default: 0, green: 100 }, {})).toEqual([]);
    expect(pace({ ...live, changedAt: "2026-11-24T13:00:00Z" }, { default: 0, green: 100 }, {})).toEqual([]);
  });
});

describe("whatever the policy", () => {
  const strict = { maxIncrease: 1, bakeMinutes: 10_080 };

  test("all requests can go back to the stable deployment at once", () => {
    fc.assert(
      fc.property(servingStates, fc.nat(), ([live], pick) => {
        const names = Object.keys(live.traffic);
        const stable = names[pick % names.length] ?? "";
        fc.pre(!Object.values(live.traffic).includes(100));
        const back = Object.fromEntries(names.map((name) => [name, name === stable ? 100 : 0]));
        const from = settled(live.traffic, { stable, changedAt: NOW.toISOString() });
        expect(pace(from, back, strict)).toEqual([]);
      }),
    );
  });

  test("no candidate rises by more than maxIncrease in what is written", () => {
    fc.assert(
      fc.property(servingStates, fc.integer({ min: 1, max: 100 }), ([live, declared], maxIncrease) => {
        const stable = Object.keys(live.traffic)[0] ?? "";
        const from = settled(live.traffic, { mirrorTraffic: live.mirrorTraffic, stable });
        fc.pre(!Object.values(live.traffic).includes(100));
        const { write } = planStep(requestOf(declared, from, { policy: { maxIncrease } }));
        const rises = Object.entries(write?.traffic ?? {})
          .filter(([name]) => name !== stable)
          .map(([name, weight]) => weight - (live.traffic[name] ?? 0));
        expect(Math.max(0, ...rises)).toBeLessThanOrEqual(maxIncrease);
      }),
    );
  });
});
