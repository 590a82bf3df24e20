import { fc } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { RECORD_TAGS, endpointTags } from "../../../components/rollout/record";
import type { Tags } from "../../../components/rollout/record";
import type { TrafficState } from "../../../components/rollout/weights";
import { sameTraffic } from "../../../components/rollout/weights";
import { servingState, servingStates } from "../../support/trafficStates";

const instant = fc.date({ min: new Date("2026-01-01"), max: new Date("2026-12-31"), noInvalidDate: true });
/** Two instants, the later one last. */
const instants = fc
  .tuple(instant, instant)
  .map(([a, b]): readonly [Date, Date] => (a.getTime() <= b.getTime() ? [a, b] : [b, a]));
/** Few names, so tags of the program and of others meet. As in Azure no two differ only in case. */
const tags = fc
  .dictionary(fc.constantFrom("team", "Team", "owner", "env", "policy"), fc.string({ maxLength: 3 }), { maxKeys: 3 })
  .filter((given) => !("team" in given && "Team" in given));

/** What an earlier step wrote down. */
const stable = fc.option(fc.constantFrom("default", "green", "blue", "gone"), { nil: undefined });

function write(declared: TrafficState, declaredTags: Tags, now: Date, live?: TrafficState & { tags: Tags }): Tags {
  return endpointTags({ declared, declaredTags, now, live });
}

const namesOf = (given: Tags): ReadonlySet<string> => new Set(Object.keys(given).map((name) => name.toLowerCase()));

test("after a step nothing is left to write, at any later time, in whatever order Azure shows the tags", () => {
  fc.assert(
    fc.property(servingStates, stable, tags, tags, instants, ([state, from], recorded, own, others, times) => {
      const before = { ...others, ...(recorded !== undefined && { [RECORD_TAGS.stable]: recorded }) };
      const written = write(state, own, times[0], { ...from, tags: before });
      const shown = Object.fromEntries(Object.entries(written).toReversed());
      expect(write(state, own, times[1], { ...state, tags: shown })).toEqual(written);
    }),
  );
});

test("a step is due whenever the live state is not the declared one", () => {
  fc.assert(
    fc.property(servingStates, tags, instants, ([declared, other], own, [first, later]) => {
      fc.pre(first.getTime() !== later.getTime());
      const written = write(declared, own, first);
      const again = write(declared, own, later, { ...other, tags: written });
      expect(again[RECORD_TAGS.changedAt] === written[RECORD_TAGS.changedAt]).toBe(sameTraffic(declared, other));
    }),
  );
});

test("a time that is far ahead is written anew once", () => {
  const minutes = fc.integer({ min: 6, max: 100_000 });
  fc.assert(
    fc.property(servingState, tags, instant, minutes, (state, own, now, ahead) => {
      const tooLate = write(state, own, new Date(now.getTime() + ahead * 60_000));
      const again = write(state, own, now, { ...state, tags: tooLate });
      expect(again).toEqual({ ...tooLate, [RECORD_TAGS.changedAt]: now.toISOString() });
      expect(write(state, own, now, { ...state, tags: again })).toEqual(again);
    }),
  );
});

test("declared tags are written as declared, and no tag of others is lost by a step", () => {
  fc.assert(
    fc.property(servingStates, tags, tags, instant, ([declared, other], own, before, now) => {
      const written = write(declared, own, now, { ...other, tags: before });
      const others = Object.entries(before).filter(([name]) => !namesOf(own).has(name.toLowerCase()));
      expect(written).toMatchObject({ ...Object.fromEntries(others), ...own });
    }),
  );
});

test("a tag that leaves the program leaves the endpoint, those of others stay", () => {
  fc.assert(
    fc.property(servingState, tags, tags, instant, (state, own, before, now) => {
      const first = write(state, own, now, { ...state, tags: before });
      const second = write(state, {}, now, { ...state, tags: first });
      const others = Object.entries(before).filter(([name]) => !namesOf(own).has(name.toLowerCase()));
      const left = Object.entries(second).filter(([name]) => !name.startsWith("mlflow-rollout-"));
      expect(Object.fromEntries(left)).toEqual(Object.fromEntries(others));
    }),
  );
});
