import { expect, test } from "vitest";
import { explore } from "../../../prove/decision/explore";
import { TWO } from "../../../prove/decision/sizes";
import type { RolloutPlanArgs } from "../../../components/args/rollout";

const SMALL = { ...TWO, weights: [0, 50, 100], foreignWeights: [0, 100], foreignMirror: false, policy: {} };

test.each<[string, RolloutPlanArgs]>([
  ["with times", { bakeMinutes: 60, mirror: { percent: 10, minutes: 120 }, retireAfterMinutes: 60 }],
  ["that is paused", { paused: "p95 has doubled", retireAfterMinutes: 60 }],
])(
  "a plan %s breaks no invariant, whatever fails: above all the way back stays open",
  { timeout: 240_000 },
  (_, plan) => {
    const { states, violations } = explore({ ...SMALL, plan });
    expect([...violations]).toEqual([]);
    expect(states).toBeGreaterThan(100);
  },
);
