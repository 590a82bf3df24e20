import { createHash } from "node:crypto";
import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { RECORD_TAGS, recordOf, recordedTraffic, trafficOfRecord } from "../../../components/rollout/record";
import type { Tags } from "../../../components/rollout/record";
import type { TrafficState } from "../../../components/rollout/weights";
import { sameTraffic } from "../../../components/rollout/weights";
import { servingState, stateOf } from "../../support/trafficStates";

/** Nine deployments whose weights do not fit a tag. */
const MANY = Object.fromEntries(
  Array.from({ length: 9 }, (_, index) => [`deployment-with-a-long-name-${index}`, index === 0 ? 20 : 10]),
);

describe("the traffic tag", () => {
  test.each<[TrafficState, string]>([
    [stateOf({}), "none"],
    [stateOf({ default: 100, green: 0 }), "default=100"],
    [stateOf({ Green: 10, Default: 90 }), "default=90 green=10"],
    [stateOf({ default: 100 }, { green: 10 }), "default=100, mirror green=10"],
  ])("of %j is %s", (state, tag) => {
    expect(recordedTraffic(state)).toBe(tag);
  });

  test("is the SHA-256 when the text is longer than 256 characters", () => {
    const text = Object.entries(MANY)
      .map(([name, weight]) => `${name}=${weight}`)
      .join(" ");
    expect(text.length).toBeGreaterThan(256);
    const tag = recordedTraffic(stateOf(MANY));
    expect(tag).toBe(`sha256:${createHash("sha256").update(text).digest("hex")}`);
    expect(trafficOfRecord(tag, [stateOf({ default: 100 }), stateOf(MANY)])).toEqual(stateOf(MANY));
    expect(trafficOfRecord(tag, [stateOf({ default: 100 })])).toBeUndefined();
  });

  test("is the text as long as it has at most 256 characters", () => {
    const name = (length: number): string => `a${"b".repeat(length - 1)}`;
    expect(recordedTraffic(stateOf({ [name(252)]: 100 }))).toBe(`${name(252)}=100`);
    expect(recordedTraffic(stateOf({ [name(253)]: 100 }))).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("is read back as the state that was written", () => {
    fc.assert(
      fc.property(servingState, (state) => {
        const read = trafficOfRecord(recordedTraffic(state), []);
        expect(read !== undefined && sameTraffic(read, state)).toBe(true);
      }),
    );
  });

  test.each([
    undefined,
    "",
    "default",
    "default=",
    "default=ten",
    "default=-1",
    "=100",
    "default=90,green=10",
    "default=90 green",
    "sha256:0",
  ])("that reads %j says nothing", (tag) => {
    expect(trafficOfRecord(tag, [stateOf({ default: 100 })])).toBeUndefined();
  });
});

describe("the record on an endpoint", () => {
  const NO_RECORD = { declaredTags: [] };

  test("is read from its tags", () => {
    const tags = {
      team: "heart",
      [RECORD_TAGS.traffic]: "default=90 green=10",
      [RECORD_TAGS.changedAt]: "2026-11-24T12:00:00.000Z",
      [RECORD_TAGS.stable]: "default",
      [RECORD_TAGS.tags]: '["team"]',
    };
    expect(recordOf(tags)).toEqual({
      traffic: "default=90 green=10",
      changedAt: "2026-11-24T12:00:00.000Z",
      stable: "default",
      declaredTags: ["team"],
    });
  });

  test("is empty when there is none", () => {
    expect(recordOf({ team: "heart" })).toEqual(NO_RECORD);
  });

  test.each(["", "{", "[]", "null", '{"declared":"team"}', '{"declared":[1]}', "[5]", '{"declared":["team"]}'])(
    "has no names of tags when their tag reads %j",
    (text) => {
      const tags: Tags = { [RECORD_TAGS.tags]: text };
      expect(recordOf(tags)).toEqual(NO_RECORD);
    },
  );
});
