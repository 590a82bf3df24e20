import { fc } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { endpointTags } from "../../../components/rollout/record";
import { liveStateOf } from "../../../components/rollout/liveState";
import { planStep } from "../../../components/rollout/planStep";
import { isWayBack } from "../../../components/rollout/roles";
import type { TrafficState } from "../../../components/rollout/weights";
import { plans } from "../../support/plans";
import { NOW, requestOf } from "../../support/stepRequest";
import { deploymentNames, servingStateOf, stateOf } from "../../support/trafficStates";

const OLD = "2026-11-23T12:00:00.000Z";
const RECENT = "2026-11-24T11:50:00.000Z";
const NEW_RULES: ReadonlySet<string> = new Set(["paused", "mirrorMinutes", "retireAfterMinutes"]);

/** Two states of which the second may leave out deployments of the first. */
const states = deploymentNames.chain((names) =>
  fc
    .tuple(servingStateOf(names), servingStateOf(names), fc.subarray([...names]))
    .map(([before, after, leaving]): [TrafficState, TrafficState] => [before, without(after, leaving)]),
);

function without({ traffic, mirrorTraffic }: TrafficState, names: readonly string[]): TrafficState {
  const rest = Object.entries(traffic).filter(([name, weight]) => weight > 0 || !names.includes(name));
  return { traffic: Object.fromEntries(rest), mirrorTraffic };
}

test("going back is never refused by a rule of the plan, whatever the plan and the record", () => {
  const record = fc.record({ stable: fc.nat(), changedAt: fc.constantFrom(RECENT, OLD, "2099-01-01T00:00:00Z") });
  let ways = 0;
  fc.assert(
    fc.property(states, plans, record, fc.boolean(), ([before, declared], plan, { stable, changedAt }, isProtected) => {
      const names = Object.keys(before.traffic);
      const from = { ...before, lastApplied: [before], changedAt, stable: names[stable % names.length] ?? "" };
      fc.pre(isWayBack(from, declared));
      ways += 1;
      const { rules } = planStep({ ...requestOf(declared, from, { plan }), isProtected });
      const limits = new Set([...NEW_RULES, "bakeMinutes"]);
      expect(rules.filter(({ rule, verdict }) => limits.has(rule) && verdict === "broken")).toEqual([]);
    }),
    { numRuns: 300 },
  );
  expect(ways).toBeGreaterThan(100);
});

test("after any step all requests can go back at once, whatever the plan", () => {
  const steps = deploymentNames.chain((names) => fc.tuple(fc.constantFrom(...names), servingStateOf(names)));
  fc.assert(
    fc.property(steps, plans, ([stable, declared], plan) => {
      const names = Object.keys(declared.traffic);
      const back = stateOf(Object.fromEntries(names.map((name) => [name, name === stable ? 100 : 0])));
      const written = { ...back, tags: endpointTags({ declared: back, declaredTags: {}, live: undefined, now: NOW }) };
      const tags = endpointTags({ declared, declaredTags: {}, live: written, now: NOW });
      const from = liveStateOf({ ...declared, tags }, []);
      expect(planStep(requestOf(back, from, { plan })).violations).toEqual([]);
    }),
  );
});

test("nothing but removing the old deployment is refused while the weights stay as they are", () => {
  fc.assert(
    fc.property(states, plans, ([state], plan) => {
      const [stable = ""] = Object.keys(state.traffic);
      const from = { ...state, lastApplied: [state], changedAt: RECENT, stable };
      expect(planStep(requestOf(state, from, { plan })).violations).toEqual([]);
    }),
  );
});
