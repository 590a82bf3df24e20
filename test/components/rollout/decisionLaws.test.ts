import { fc } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { liveStateOf } from "../../../components/rollout/liveState";
import { planStep } from "../../../components/rollout/planStep";
import { checkReadiness } from "../../../components/rollout/readiness";
import { endpointTags } from "../../../components/rollout/record";
import type { Tags } from "../../../components/rollout/record";
import { risingCandidates, stableOf, isWayBack } from "../../../components/rollout/roles";
import { sameTraffic, totalWeight, weightOf } from "../../../components/rollout/weights";
import type { TrafficState, Weights } from "../../../components/rollout/weights";
import { NOW, requestOf } from "../../support/stepRequest";
import { servingStateOf, weightsOf } from "../../support/trafficStates";

/** As many deployments as Azure takes, with names of any length it takes: some records then do not fit a tag. */
const names = fc.uniqueArray(fc.stringMatching(/^[a-zA-Z][-a-zA-Z0-9]{1,30}[a-zA-Z0-9]$/), {
  minLength: 2,
  maxLength: 20,
  selector: (name) => name.toLowerCase(),
});
const two = names.chain((all) => fc.tuple(servingStateOf(all), servingStateOf(all)));
/** Those of which another set may take the place at once. */
const twoOfHalf = names
  .map((all) => all.slice(0, 10))
  .chain((all) => fc.tuple(servingStateOf(all), servingStateOf(all)));
const STRICT = { maxIncrease: 1, bakeMinutes: 10_080 };

type Written = TrafficState & { readonly tags: Tags };

/** The endpoint after a step, as Azure shows it. */
function written(declared: TrafficState, live?: Written): Written {
  return { ...declared, tags: endpointTags({ declared, declaredTags: {}, live, now: NOW }) };
}

test("after a step nothing is left to write, whatever the limits and the number of deployments", () => {
  fc.assert(
    fc.property(two, ([before, declared]) => {
      const live = liveStateOf(written(declared, written(before)), []);
      const { write, violations } = planStep(requestOf(declared, live, { policy: STRICT }));
      expect([write, violations]).toEqual([undefined, []]);
    }),
  );
});

test("what was written last is known by the record alone, and anything else is not overwritten", () => {
  fc.assert(
    fc.property(twoOfHalf, twoOfHalf, ([recorded, live], [declared]) => {
      const { tags } = written(recorded);
      const ours = planStep(requestOf(declared, liveStateOf({ ...recorded, tags }, []))).violations;
      expect(ours).toEqual([]);
      const isOurs = [recorded, declared].some((state) => sameTraffic(state, live));
      const step = planStep(requestOf(declared, liveStateOf({ ...live, tags }, [])));
      expect(step.write === undefined || isOurs).toBe(true);
      expect(step.violations.length === 0).toBe(isOurs);
    }),
  );
});

test("all requests can go back to the stable deployment after any step, at once and whatever the limits", () => {
  const plan = names.chain((all) => fc.tuple(fc.constantFrom(...all), servingStateOf(all)));
  fc.assert(
    fc.property(plan, ([stable, declared]) => {
      const all = Object.keys(declared.traffic);
      const back = { traffic: allTo(stable, all), mirrorTraffic: {} };
      const live = liveStateOf(written(declared, written(back)), []);
      expect(planStep(requestOf(back, live, { policy: STRICT })).violations).toEqual([]);
      expect(isWayBack(live, back)).toBe(!sameTraffic(live, back));
    }),
  );
});

test("a step that gives a candidate more requests or copies of them is no way back", () => {
  fc.assert(
    fc.property(two, ([before, declared]) => {
      const live = liveStateOf(written(before), []);
      const gets = (name: string): boolean =>
        weightOf(declared.mirrorTraffic, name) > weightOf(live.mirrorTraffic, name);
      const rising = risingCandidates(live, declared, stableOf(live, declared, live.stable));
      const isMore = rising.length > 0 || Object.keys(declared.mirrorTraffic).some(gets);
      expect(isWayBack(live, declared)).toBe(!isMore && !sameTraffic(live, declared));
    }),
  );
});

test("neither the order of names nor their case changes what is decided", () => {
  fc.assert(
    fc.property(two, fc.integer({ min: 1, max: 100 }), ([before, declared], maxIncrease) => {
      const policy = { maxIncrease };
      const one = planStep(requestOf(declared, liveStateOf(written(before), []), { policy }));
      const other = planStep(requestOf(turned(declared), liveStateOf(written(turned(before)), []), { policy }));
      expect(other.rules).toEqual(one.rules);
      expect(other.violations.length).toBe(one.violations.length);
      expect(other.write === undefined).toBe(one.write === undefined);
    }),
  );
});

test("an endpoint that serves is written with 100 in total or not at all", () => {
  const weights = names.chain((all) =>
    fc.tuple(servingStateOf(all), fc.oneof(weightsOf(all), fc.dictionary(fc.constantFrom(...all), fc.nat(100)))),
  );
  fc.assert(
    fc.property(weights, ([live, traffic]) => {
      const { write } = planStep(requestOf({ traffic, mirrorTraffic: {} }, liveStateOf(written(live), [])));
      expect(totalWeight(write?.traffic ?? { none: 100 })).toBe(100);
    }),
  );
});

test("every deployment with weight that is not ready is named, and no other one", () => {
  const states = fc.constantFrom("Succeeded", "Failed", "Updating", "Deleting", undefined);
  const asked = names.chain((all) => fc.tuple(servingStateOf(all), fc.array(states, { minLength: 20, maxLength: 20 })));
  fc.assert(
    fc.property(asked, ([declared, found]) => {
      const byName = Object.fromEntries(Object.keys(declared.traffic).map((name, index) => [name, found[index]]));
      const paths = Object.entries(declared).flatMap(([map, weights]: [string, Weights]) =>
        Object.keys(weights)
          .filter((name) => (weights[name] ?? 0) > 0 && byName[name] !== "Succeeded")
          .map((name) => `${map}.${name}`),
      );
      expect(checkReadiness(declared, byName, undefined).map(({ path }) => path)).toEqual(paths);
    }),
  );
});

test("readiness is asked of the deployments that rise from nothing, and of no other one", () => {
  fc.assert(
    fc.property(two, ([live, declared]) => {
      const has = (name: string): boolean => weightOf(live.traffic, name) + weightOf(live.mirrorTraffic, name) > 0;
      const paths = Object.entries(declared).flatMap(([map, weights]: [string, Weights]) =>
        Object.keys(weights)
          .filter((name) => (weights[name] ?? 0) > 0 && !has(name))
          .map((name) => `${map}.${name}`),
      );
      expect(checkReadiness(declared, {}, live).map(({ path }) => path)).toEqual(paths);
    }),
  );
});

test("while deletion protection is on, a deployment with requests stays declared, and only then", () => {
  const leaving = names.chain((all) =>
    fc.tuple(servingStateOf(all), servingStateOf(all.slice(1)), fc.constant(all[0])),
  );
  fc.assert(
    fc.property(leaving, fc.boolean(), ([before, declared, gone = ""], isProtected) => {
      const live = liveStateOf(written(before), []);
      const { rules } = planStep({ ...requestOf(declared, live), isProtected });
      const load = weightOf(before.traffic, gone) + weightOf(before.mirrorTraffic, gone);
      const verdict = rules.find(({ rule }) => rule === "retire")?.verdict;
      expect(verdict).toBe(isProtected && load > 0 ? "broken" : "kept");
    }),
  );
});

function allTo(stable: string, all: readonly string[]): Weights {
  return Object.fromEntries(all.map((name) => [name, name === stable ? 100 : 0]));
}

/** The same state with its names in the other order and case. */
function turned({ traffic, mirrorTraffic }: TrafficState): TrafficState {
  const turn = (weights: Weights): Weights =>
    Object.fromEntries(
      Object.entries(weights)
        .toReversed()
        .map(([name, weight]) => [name.toUpperCase(), weight]),
    );
  return { traffic: turn(traffic), mirrorTraffic: turn(mirrorTraffic) };
}
