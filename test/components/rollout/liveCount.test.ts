import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { checkLiveCount, takesInstances } from "../../../components/rollout/liveCount";
import type { CountFacts } from "../../../components/rollout/liveCount";
import { linesOf } from "../../support/linesOf";

const LOAD = "90 % of the live traffic";

describe("instances under load are not taken away unseen", () => {
  test.each<[string, CountFacts, string]>([
    [
      "a person has added some",
      { before: 2, written: 2, live: 5, source: "declared" },
      "the live deployment has 5 and the update would write 2, and it has 90 % of the live traffic; " +
        'declare instanceCount: 5, or take the others away with acceptLiveSettings: {"default": ["instanceCount"]}',
    ],
    [
      "autoscale has added some",
      { before: 2, written: 2, live: 4, source: "autoscale" },
      "the live deployment has 4 and the update would write 2, and it has 90 % of the live traffic; " +
        'run "pulumi up --refresh", which takes the live number over, or take the others away with ' +
        'acceptLiveSettings: {"default": ["instanceCount"]}',
    ],
    [
      "autoscale is removed and nobody says how many stay",
      { before: 3, written: 1, live: 8, source: "default" },
      "the live deployment has 8 and the update would write 1, and it has 90 % of the live traffic; " +
        'declare instanceCount: 8, or take the others away with acceptLiveSettings: {"default": ["instanceCount"]}',
    ],
  ])("%s", (_, facts, reason) => {
    expect(linesOf(checkLiveCount("default", facts, LOAD))).toEqual([`deployments.default.instanceCount: ${reason}`]);
  });

  test.each<[string, CountFacts]>([
    [
      "autoscale is removed with a number, that of before autoscale",
      { before: 3, written: 3, live: 8, source: "declared" },
    ],
    [
      "the state has seen the live number, and the program says none",
      { before: 8, written: 1, live: 8, source: "default" },
    ],
    ["fewer than before, but more are live than before", { before: 5, written: 3, live: 6, source: "declared" }],
    ["the state knows no number", { before: undefined, written: 1, live: 2, source: "declared" }],
  ])("%s", (_, facts) => {
    expect(takesInstances(facts)).toBe(true);
  });

  test.each<[string, CountFacts]>([
    ["scaling in what the state and Azure have", { before: 5, written: 3, live: 5, source: "declared" }],
    ["as many as are live", { before: 2, written: 4, live: 4, source: "declared" }],
    ["more than are live", { before: 2, written: 4, live: 3, source: "default" }],
    ["the cluster decides", { before: 2, written: undefined, live: 3, source: "default" }],
    ["Azure says no number", { before: 2, written: 1, live: undefined, source: "default" }],
  ])("%s is no matter", (_, facts) => {
    expect(checkLiveCount("default", facts, LOAD)).toEqual([]);
  });

  test("whatever the numbers, what is taken is less than what is live", () => {
    const count = fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined });
    const source = fc.constantFrom("declared" as const, "default" as const, "autoscale" as const);
    fc.assert(
      fc.property(fc.record({ before: count, written: count, live: count, source }), (facts) => {
        const { before, written, live } = facts;
        const less = written !== undefined && live !== undefined && written < live;
        expect(takesInstances(facts) && !less).toBe(false);
        // What the state does not know is never taken away.
        expect(less && before !== live && !takesInstances(facts)).toBe(false);
      }),
    );
  });
});
