import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { risingCandidates, stableOf } from "../../../components/rollout/roles";
import type { Weights } from "../../../components/rollout/weights";
import { servingStates, stateOf } from "../../support/trafficStates";

describe("the stable deployment", () => {
  test.each<[Weights, string | undefined, string | undefined, string]>([
    [{ default: 100, green: 0 }, undefined, "default", "has all requests"],
    [{ Default: 100 }, undefined, "default", "is named in lower case"],
    [
      { default: 0, green: 100 },
      "default",
      "green",
      "is the new one once it has all requests, while the old one stays",
    ],
    [{ green: 60, blue: 40 }, "default", "green", "has the most when the recorded one has left the program"],
    [{ default: 90, green: 10 }, "default", "default", "is the recorded one while two serve"],
    [{ default: 10, green: 90 }, "default", "default", "stays the recorded one with less than the other"],
    [{ default: 10, green: 90 }, "Default", "default", "may be recorded in another case"],
    [{ default: 0, green: 60, blue: 40 }, "default", "default", "stays the recorded one without weight"],
    [{ default: 90, green: 10 }, undefined, "default", "has the most when nothing is recorded"],
    [{ default: 90, green: 10 }, "", "default", "has the most when the record is empty"],
    [{ default: 50, green: 50 }, undefined, undefined, "is unknown when two have as much and nothing is recorded"],
    [{ default: 0 }, undefined, undefined, "is unknown while nothing serves"],
    [{}, undefined, undefined, "is unknown on a new endpoint"],
  ])("in %j, recorded %s, is %s: %s", (traffic, recorded, stable) => {
    expect(stableOf(stateOf(traffic), stateOf(traffic), recorded)).toBe(stable);
  });

  test.each<[Weights, string, string]>([
    [{ default: 100, green: 0 }, "default", "is the old one for the way back from 0/100"],
    [{ default: 10, green: 90 }, "default", "is the old one when it gets a part back"],
    [{ default: 0, green: 90, blue: 10 }, "green", "is the new one when the next rollout begins"],
  ])("of the step from 0/100 to %j is %s: %s", (declared, stable) => {
    expect(stableOf(stateOf({ default: 0, green: 100 }), stateOf(declared), "default")).toBe(stable);
  });
});

describe("rising candidates", () => {
  test.each<[Weights, Weights, string | undefined, readonly string[]]>([
    [{ default: 100 }, { default: 90, green: 10 }, "default", ["green"]],
    [{ default: 100 }, { default: 90, Green: 10 }, "default", ["Green"]],
    [{ default: 90, green: 10 }, { default: 100, green: 0 }, "default", []],
    [{ Default: 90, green: 10 }, { default: 100, green: 0 }, "DEFAULT", []],
    [{ default: 90, green: 10 }, { default: 90, green: 10 }, "default", []],
    [{ default: 100 }, { default: 80, green: 10, blue: 10 }, "default", ["green", "blue"]],
    [{ default: 50, green: 50 }, { default: 60, green: 40 }, undefined, ["default"]],
  ])("%j to %j with stable %s: %j", (live, declared, stable, rising) => {
    expect(risingCandidates(stateOf(live), stateOf(declared), stable)).toEqual(rising);
  });

  test("never name the stable one, nor one that does not rise", () => {
    fc.assert(
      fc.property(servingStates, ([live, declared]) => {
        const stable = stableOf(live, declared, undefined);
        const wrong = risingCandidates(live, declared, stable).filter(
          (name) => name.toLowerCase() === stable || (declared.traffic[name] ?? 0) <= (live.traffic[name] ?? 0),
        );
        expect(wrong).toEqual([]);
      }),
    );
  });
});
