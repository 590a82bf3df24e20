import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { planStep } from "../../../components/rollout/planStep";
import type { LiveState } from "../../../components/rollout/step";
import type { TrafficState, Weights } from "../../../components/rollout/weights";
import { sameTraffic } from "../../../components/rollout/weights";
import { linesOf } from "../../support/linesOf";
import { requestOf } from "../../support/stepRequest";
import { deploymentNames, servingStateOf, stateOf } from "../../support/trafficStates";

const DECLARED = stateOf({ default: 90, green: 10 });
const LAST = stateOf({ default: 100, green: 0 });

function guard(live: TrafficState, lastApplied: readonly TrafficState[], acceptLive?: Weights): readonly string[] {
  const state: LiveState = { ...live, lastApplied };
  return linesOf(planStep(requestOf(DECLARED, state, acceptLive && { acceptLive })).violations);
}

describe("live weights that were written here are overwritten", () => {
  test.each<[string, TrafficState, readonly TrafficState[]]>([
    ["they are the last applied ones", stateOf({ default: 100 }), [LAST]],
    ["they are one of those that may have been applied last", stateOf({ default: 100 }), [DECLARED, LAST]],
    ["they are the declared ones", stateOf({ Default: 90, Green: 10 }), [LAST]],
    ["they are the declared ones and nothing is recorded", DECLARED, []],
    ["the endpoint is new", stateOf({}), []],
    ["the endpoint is new and lists zeros", stateOf({ default: 0 }), []],
  ])("when %s", (_, live, lastApplied) => {
    expect(guard(live, lastApplied)).toEqual([]);
  });
});

describe("live weights from elsewhere are not", () => {
  const changed = (live: string, last: string, accept: string): readonly string[] => [
    `traffic: the live traffic is ${live}, the last applied here is ${last}: it was changed elsewhere, or a write did ` +
      `not take effect; declare the live weights, or overwrite them with acceptLive: ${accept}`,
  ];

  test.each<[string, TrafficState, readonly TrafficState[], readonly string[]]>([
    [
      "they were moved",
      stateOf({ default: 50, green: 50 }),
      [LAST],
      changed("default=50 green=50", "default=100", '{"default": 50, "green": 50}'),
    ],
    ["they were set to nothing", stateOf({}), [LAST], changed("none", "default=100", '{"default": 0, "green": 0}')],
    [
      "a mirror was added",
      stateOf({ default: 100 }, { green: 10 }),
      [LAST],
      changed("default=100, mirror green=10", "default=100", '{"default": 100}'),
    ],
    ["the endpoint served before it came here", stateOf({ old: 100 }), [], changed("old=100", "none", '{"old": 100}')],
  ])("when %s", (_, live, lastApplied, lines) => {
    expect(guard(live, lastApplied)).toEqual(lines);
  });

  test.each<[Weights, boolean]>([
    [{ default: 50, green: 50 }, true],
    [{ GREEN: 50, Default: 50, blue: 0 }, true],
    [{ default: 49, green: 51 }, false],
    [{ default: 100 }, false],
    [{}, false],
  ])("unless they are accepted as they are, by %j: %s", (acceptLive, accepted) => {
    expect(guard(stateOf({ default: 50, green: 50 }), [LAST], acceptLive).length === 0).toBe(accepted);
  });

  test("an endpoint that was set to nothing is taken over by accepting just that", () => {
    expect(guard(stateOf({}), [LAST], {})).toEqual([]);
  });

  test("the weights in the message are those that are accepted", () => {
    const states = deploymentNames.chain((names) => fc.tuple(servingStateOf(names), servingStateOf(names)));
    fc.assert(
      fc.property(states, ([live, last]) => {
        fc.pre(!sameTraffic(live, last) && !sameTraffic(live, DECLARED));
        const text = /acceptLive: (\{.*\})$/.exec(guard(live, [last]).at(-1) ?? "")?.[1] ?? "";
        expect(guard(live, [last], JSON.parse(text) as Weights)).toEqual([]);
      }),
    );
  });
});
