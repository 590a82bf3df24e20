import { describe, expect, test } from "vitest";
import { RECORD_TAGS, endpointTags } from "../../../components/rollout/record";
import type { EndpointTagsRequest, Tags } from "../../../components/rollout/record";
import type { TrafficState } from "../../../components/rollout/weights";
import { stateOf } from "../../support/trafficStates";

const BEFORE = "2026-11-24T12:00:00.000Z";
const NOW = "2026-11-24T13:00:00.000Z";
const SPLIT = stateOf({ default: 90, green: 10 });

/** What the traffic step wrote at `BEFORE`, beside a tag that was there already. */
const WRITTEN: Tags = {
  policy: "p1",
  team: "heart",
  [RECORD_TAGS.traffic]: "default=90 green=10",
  [RECORD_TAGS.changedAt]: BEFORE,
  [RECORD_TAGS.stable]: "default",
  [RECORD_TAGS.tags]: '["team"]',
};

function tagsFor(live: EndpointTagsRequest["live"], more: Partial<EndpointTagsRequest> = {}): Tags {
  const declaredTags = { team: "heart" };
  return endpointTags({ declared: SPLIT, declaredTags, now: new Date(NOW), live, ...more });
}

const live = (tags: Tags, state: TrafficState = SPLIT) => ({ ...state, tags });

describe("the tags stay as written, so that nothing is written", () => {
  test.each<[string, Tags]>([
    ["just as they were written", WRITTEN],
    ["in another order", Object.fromEntries(Object.entries(WRITTEN).toReversed())],
  ])("live %s", (_, tags) => {
    expect(tagsFor(live(tags))).toEqual(WRITTEN);
  });
});

describe("a time of the last step that is ahead of now", () => {
  const dated = (changedAt: string): Tags => ({ ...WRITTEN, [RECORD_TAGS.changedAt]: changedAt });

  test("by no more than clocks differ stays", () => {
    const tags = dated("2026-11-24T13:05:00.000Z");
    expect(tagsFor(live(tags))).toEqual(tags);
  });

  test("by more is written anew, though nothing else changes", () => {
    expect(tagsFor(live(dated("2026-11-24T13:05:01.000Z")))).toEqual(dated(NOW));
    expect(tagsFor(live(dated("2099-01-01T00:00:00.000Z")))).toEqual(dated(NOW));
  });
});

describe("the tags change, so that there is something to write", () => {
  const NOW_CHANGED = { [RECORD_TAGS.changedAt]: NOW };

  test("with the time, when the weights change", () => {
    const declared = stateOf({ default: 50, green: 50 });
    const traffic = { [RECORD_TAGS.traffic]: "default=50 green=50" };
    expect(tagsFor(live(WRITTEN), { declared })).toEqual({ ...WRITTEN, ...NOW_CHANGED, ...traffic });
  });

  test("with the time, when the live weights are not the declared ones: a hand edit or a write that had no effect", () => {
    expect(tagsFor(live(WRITTEN, stateOf({ default: 100 })))).toEqual({ ...WRITTEN, ...NOW_CHANGED });
  });

  test("with the time, when weights set by hand are declared: nobody knows how long they are live", () => {
    const byHand = stateOf({ default: 50, green: 50 });
    const traffic = { [RECORD_TAGS.traffic]: "default=50 green=50" };
    expect(tagsFor(live(WRITTEN, byHand), { declared: byHand })).toEqual({ ...WRITTEN, ...NOW_CHANGED, ...traffic });
  });

  test("with the time, when the endpoint cannot be read", () => {
    const { policy: _, ...others } = WRITTEN;
    expect(tagsFor(undefined)).toEqual({ ...others, ...NOW_CHANGED });
  });

  test("with the time, when the record of it is gone", () => {
    const { [RECORD_TAGS.changedAt]: _, ...rest } = WRITTEN;
    expect(tagsFor(live(rest))).toEqual({ ...rest, ...NOW_CHANGED });
  });

  test("without the time, when a declared tag changes", () => {
    expect(tagsFor(live(WRITTEN), { declaredTags: { team: "lung" } })).toEqual({ ...WRITTEN, team: "lung" });
  });

  test("without the time, when a declared tag leaves the program", () => {
    const { team: _, ...rest } = WRITTEN;
    const names = { [RECORD_TAGS.tags]: "[]" };
    expect(tagsFor(live(WRITTEN), { declaredTags: {} })).toEqual({ ...rest, ...names });
  });

  test("without the time, when the stable deployment has left the program", () => {
    const declared = stateOf({ green: 100 });
    const written = { ...WRITTEN, [RECORD_TAGS.traffic]: "green=100" };
    const tags = tagsFor(live(written, stateOf({ default: 0, green: 100 })), { declared });
    expect(tags).toEqual({ ...written, [RECORD_TAGS.stable]: "green" });
  });

  test("without the time, when somebody has added a tag, which is kept from then on", () => {
    expect(tagsFor(live({ ...WRITTEN, costCenter: "42" }))).toEqual({ ...WRITTEN, costCenter: "42" });
  });
});

describe("tags of others", () => {
  test("that were added since the last step survive the next one", () => {
    const declared = stateOf({ default: 50, green: 50 });
    const tags = tagsFor(live({ ...WRITTEN, costCenter: "42", policy: "p2" }), { declared });
    expect(tags).toMatchObject({ policy: "p2", costCenter: "42", team: "heart" });
  });

  test("give way to a declared one that differs only in case, which Azure takes for the same", () => {
    const tags = tagsFor(live({ ...WRITTEN, Owner: "a" }), { declaredTags: { team: "heart", owner: "b" } });
    expect(Object.keys(tags).filter((name) => name.toLowerCase() === "owner")).toEqual(["owner"]);
    expect(tags["owner"]).toBe("b");
  });

  test("survive when there are too many declared ones to name", () => {
    const declaredTags = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`declared-tag-${index}`, "x"]));
    const first = tagsFor(live({ policy: "p1" }, stateOf({})), { declaredTags });
    expect(first).toMatchObject({ policy: "p1", ...declaredTags });
    expect(RECORD_TAGS.tags in first).toBe(false);
    expect(tagsFor(live(first), { declaredTags })).toEqual(first);
  });
});

test("the order in which the program declares its tags is no change", () => {
  const first = tagsFor(live({}, stateOf({})), { declaredTags: { team: "heart", env: "dev" } });
  expect(tagsFor(live(first), { declaredTags: { env: "dev", team: "heart" } })).toEqual(first);
});

test.each([
  [252, 256],
  [253, undefined],
])("the names of the declared tags are recorded when they fit: one of %d characters in %s", (length, written) => {
  const declaredTags = { ["x".repeat(length)]: "" };
  expect(tagsFor(live({}), { declaredTags })[RECORD_TAGS.tags]?.length).toBe(written);
});

test("a tag value is never longer than Azure takes", () => {
  const names = Array.from({ length: 12 }, (_, index) => `deployment-with-a-long-name-${index}`);
  const declared = stateOf(Object.fromEntries(names.map((name, index) => [name, index === 0 ? 12 : 8])));
  const lengths = Object.values(tagsFor(live(WRITTEN), { declared })).map((value) => value.length);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(256);
});
