import { describe, expect, test } from "vitest";
import { readConfig } from "../../support/configText";
import type { StackConfig } from "../../support/configText";

describe("the plan in stack config", () => {
  test.each<[string, StackConfig, unknown]>([
    ["as it is written in the stack file", { steps: [10, 100], mirror: { percent: 10 } }, undefined],
    [
      "with numbers that were stored as text",
      { steps: ["10", "100"], bakeMinutes: "30", retireAfterMinutes: "0", mirror: { percent: "10", minutes: "60" } },
      { steps: [10, 100], bakeMinutes: 30, retireAfterMinutes: 0, mirror: { percent: 10, minutes: 60 } },
    ],
    ["with a list that was stored as text", { steps: "[10, 100]" }, { steps: [10, 100] }],
    ["with a reason that looks like a number", { paused: "4711" }, undefined],
    ["with a reason that was stored as a number", { paused: 4711 }, { paused: "4711" }],
    ["with what the rules name", { paused: true, steps: "ten", bakeMinutes: "soon", mirror: 5, step: null }, undefined],
  ])("%s", (_, rollout, read) => {
    expect(readConfig({ rollout })).toEqual({ values: { deployments: {}, rollout: read ?? rollout }, lines: [] });
  });

  test("is none when it is empty, since a project declares it so", () => {
    expect(readConfig({ rollout: {} }).values).toEqual({ deployments: {} });
    expect(readConfig({ rollout: "" }).values).toEqual({ deployments: {} });
  });

  test.each([[[10, 50, 100]], ["10"], [true]])("%j is no plan", (rollout) => {
    expect(readConfig({ rollout }).lines).toEqual([
      `rollout: must be a map such as {"steps": [10, 50, 100]}, got ${JSON.stringify(rollout === "10" ? 10 : rollout)}`,
    ]);
  });
});
