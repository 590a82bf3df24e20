import { fc } from "@fast-check/vitest";
import type { RolloutPlanArgs } from "../../components/args/rollout";

const minutes = fc.constantFrom(0, 1, 30, 10_080);

/** Plans that the rules of arguments let pass. */
export const plans: fc.Arbitrary<RolloutPlanArgs> = fc.record(
  {
    steps: fc
      .uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 6 })
      .map((weights) => [...weights.toSorted((a, b) => a - b), 100]),
    bakeMinutes: minutes,
    mirror: fc.record({ percent: fc.integer({ min: 1, max: 50 }), minutes }, { requiredKeys: ["percent"] }),
    retireAfterMinutes: minutes,
    paused: fc.constant("p95 has doubled"),
  },
  { requiredKeys: [] },
);
