import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { describeStep } from "../../../components/rollout/message";
import { nextStep } from "../../../components/rollout/nextStep";
import type { TrafficState } from "../../../components/rollout/weights";
import { servingStates, stateOf } from "../../support/trafficStates";

const BLUE = stateOf({ default: 100, green: 0 });

describe("a step reads", () => {
  test.each<[TrafficState, TrafficState, string]>([
    [stateOf({}), stateOf({ default: 100 }), "traffic  default 0 -> 100 (first serving)"],
    [stateOf({}), stateOf({ default: 0 }), "traffic  default 0 (nothing serves yet)"],
    [BLUE, BLUE, "traffic  default 100, green 0 (nothing moves)"],
    [BLUE, stateOf({ default: 90, green: 10 }), "traffic  default 100 -> 90, green 0 -> 10 (10 points move)"],
    [BLUE, stateOf({ default: 99, green: 1 }), "traffic  default 100 -> 99, green 0 -> 1 (1 point moves)"],
    [stateOf({ default: 90, green: 10 }), BLUE, "traffic  default 90 -> 100, green 10 -> 0 (10 points move)"],
    [stateOf({ default: 0, green: 100 }), stateOf({ green: 100 }), "traffic  green 100 (nothing moves)"],
    [
      stateOf({ default: 10, green: 90 }),
      stateOf({ green: 100 }),
      "traffic  default 10 -> 0, green 90 -> 100 (10 points move)",
    ],
    [
      stateOf({ default: 60, green: 40 }),
      stateOf({ default: 50, green: 30, blue: 20 }),
      "traffic  default 60 -> 50, green 40 -> 30, blue 0 -> 20 (20 points move)",
    ],
    [
      BLUE,
      stateOf({ default: 100, green: 0 }, { green: 10 }),
      "traffic  default 100, green 0, mirror green 0 -> 10 (no live points move)",
    ],
    [
      stateOf({ default: 100 }, { green: 10 }),
      stateOf({ default: 90, green: 10 }),
      "traffic  default 100 -> 90, green 0 -> 10, mirror green 10 -> 0 (10 points move)",
    ],
    [
      stateOf({ default: 100 }, { green: 10 }),
      stateOf({ default: 100, green: 0 }, { green: 10 }),
      "traffic  default 100, green 0 (nothing moves)",
    ],
    [BLUE, stateOf({ default: 0, green: 0 }), "traffic  default 100 -> 0, green 0 (nothing serves any more)"],
    [stateOf({ DEFAULT: 100 }), stateOf({ default: 100 }), "traffic  default 100 (nothing moves)"],
    [
      stateOf({ default: 100 }),
      stateOf({ Default: 90, Green: 10 }),
      "traffic  Default 100 -> 90, Green 0 -> 10 (10 points move)",
    ],
  ])("%j to %j: %s", (live, declared, line) => {
    expect(describeStep(live, declared)).toBe(line);
  });

  test("with as many points as the weights that fall give", () => {
    fc.assert(
      fc.property(servingStates, ([live, declared]) => {
        const changes = Object.keys(live.traffic).map(
          (name) => (declared.traffic[name] ?? 0) - (live.traffic[name] ?? 0),
        );
        const fallen = -changes.filter((change) => change < 0).reduce((sum, change) => sum + change, 0);
        const points = /\((\d+) points? moves?\)$/.exec(describeStep(live, declared))?.[1];
        expect(Number(points ?? 0)).toBe(Math.abs(fallen));
      }),
    );
  });
});

describe("what comes next", () => {
  test.each<[string, TrafficState, string | undefined, string]>([
    ["nothing serves", stateOf({ default: 0 }), undefined, "next: give one deployment weight 100"],
    ["nothing is declared", stateOf({}), undefined, "next: give one deployment weight 100"],
    [
      "only one is declared",
      stateOf({ default: 100 }),
      "default",
      "next: add a deployment with the new model version at weight 0",
    ],
    [
      "a new one has no weight",
      BLUE,
      "default",
      "next: test green with the header azureml-model-deployment, then give it weight, or remove it",
    ],
    [
      "two new ones have no weight",
      stateOf({ default: 100, green: 0, blue: 0 }),
      "default",
      "next: test green, blue with the header azureml-model-deployment, then give them weight, or remove them",
    ],
    [
      "a new one is mirrored",
      stateOf({ default: 100, green: 0 }, { green: 10 }),
      "default",
      "next: compare the metrics of green, then give it weight instead of the mirror",
    ],
    [
      "the candidate has a part",
      stateOf({ Default: 90, Green: 10 }),
      "default",
      "next: raise Green, or set it back to 0 to abort",
    ],
    [
      "two candidates have a part",
      stateOf({ default: 80, green: 10, blue: 10 }),
      "default",
      "next: raise green, blue, or set them back to 0 to abort",
    ],
    [
      "the stable one has nothing and no other one has all",
      stateOf({ default: 0, green: 60, blue: 40 }),
      "default",
      "next: raise green, blue, or give default its weight back to abort",
    ],
    [
      "no one is the stable one",
      stateOf({ green: 50, blue: 50 }),
      undefined,
      "next: give one of green, blue weight 100",
    ],
    [
      "the stable one is not declared",
      stateOf({ green: 50, blue: 50 }),
      "default",
      "next: give one of green, blue weight 100",
    ],
    [
      "the candidate has just got all",
      stateOf({ default: 0, green: 100 }),
      "Default",
      "next: remove default from deployments and traffic, or give its weight back to abort",
    ],
  ])("when %s", (_, declared, stable, line) => {
    expect(nextStep(declared, stable)).toBe(line);
  });
});
