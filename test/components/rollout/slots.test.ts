import { describe, expect, test } from "vitest";
import { planStep } from "../../../components/rollout/planStep";
import type { Weights } from "../../../components/rollout/weights";
import { linesOf } from "../../support/linesOf";
import { requestOf, settled } from "../../support/stepRequest";
import { stateOf } from "../../support/trafficStates";

/** Deployments without weight. */
function idle(count: number): Weights {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`idle-${index}`, 0]));
}

function said(live: Weights, declared: Weights, stable = "default"): readonly string[] {
  return linesOf(planStep(requestOf(stateOf(declared), settled(live, { stable }))).violations);
}

const last = (it: string): string =>
  `Azure takes 20 at a time, and what leaves is deleted last; remove ${it} in an update of its own first`;

describe("deployments of one endpoint", () => {
  test.each<[string, Weights, Weights, readonly string[]]>([
    ["20 that stay", { default: 100, ...idle(19) }, { default: 100, ...idle(19) }, []],
    ["20 of which one leaves", { default: 100, ...idle(19) }, { default: 100, ...idle(18) }, []],
    ["19 with one swapped", { default: 100, old: 0, ...idle(17) }, { default: 100, new: 0, ...idle(17) }, []],
    [
      "20 with one swapped",
      { default: 100, old: 0, ...idle(18) },
      { default: 100, new: 0, ...idle(18) },
      [`deployments: 20 and 1 that leaves (old): ${last("it")}`],
    ],
    [
      "20 with two swapped for one",
      { default: 100, old: 0, Older: 0, ...idle(17) },
      { default: 100, new: 0, newer: 0, ...idle(17) },
      [`deployments: 20 and 2 that leave (old, Older): ${last("them")}`],
    ],
    ["20 with one in another case", { Default: 100, ...idle(19) }, { default: 100, ...idle(19) }, []],
    [
      "a swap on the way back, which is refused for no other deployment",
      { default: 50, green: 50, old: 0, ...idle(17) },
      { default: 100, green: 0, new: 0, ...idle(17) },
      [],
    ],
  ])("%s", (_, live, declared, lines) => {
    expect(said(live, declared)).toEqual(lines);
  });
});
