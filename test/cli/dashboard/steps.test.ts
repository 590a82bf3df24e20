import { expect, test } from "vitest";
import { stepsOf as stepsOfEntries } from "../../../cli/dashboard/steps";
import type { Step } from "../../../cli/dashboard/history";
import { numberedHistory } from "../../../cli/history/history";

/** What `pulumi stack history --json` prints of an update. */
type UpdateRecord = Readonly<Record<string, unknown>>;

function stepsOf(updates: readonly UpdateRecord[], namespace: string): readonly Step[] {
  return stepsOfEntries(numberedHistory(updates, namespace));
}

const T = "2026-11-30T14:00:00.000Z";
const END = "2026-11-30T14:05:00.000Z";
const ONE = { deployments: '{"model-1":{"modelVersion":"1"}}' };
const TWO = { deployments: '{"model-1":{"modelVersion":"1"},"model-2":{"modelVersion":"2"}}', candidate: "model-2" };

function update(config: Readonly<Record<string, string>>, more: UpdateRecord = {}): UpdateRecord {
  const entries = Object.entries(config).map(([key, value]) => [`heart:${key}`, { value }]);
  return {
    kind: "update",
    startTime: T,
    endTime: END,
    result: "succeeded",
    message: "",
    config: Object.fromEntries(entries) as object,
    ...more,
  };
}

function textsOf(...records: readonly UpdateRecord[]): readonly string[] {
  return stepsOf(records.toReversed(), "heart").map(({ text }) => text);
}

test("a rollout from its first update to its end", () => {
  const texts = textsOf(
    update(ONE),
    update(TWO),
    update({ ...TWO, candidateTraffic: "10" }),
    update({ ...TWO, candidateTraffic: "100" }),
    update({ deployments: '{"model-2":{"modelVersion":"2"}}' }),
  );
  expect(texts).toEqual([
    "model-1 0 → 100",
    "model-2 added",
    "model-1 100 → 90, model-2 0 → 10",
    "model-1 90 → 0, model-2 10 → 100",
    "model-1 removed",
  ]);
});

test("copies of requests", () => {
  const mirrored = { ...TWO, mirrorTraffic: '{"model-2":20}' };
  expect(textsOf(update(TWO), update(mirrored)).at(-1)).toBe("mirror model-2 0 → 20");
});

test("an update that moves nothing is no step, nor is a preview or a refresh", () => {
  expect(textsOf(update(ONE), update(ONE), update(TWO, { kind: "preview" }), update(TWO, { kind: "refresh" }))).toEqual(
    ["model-1 0 → 100"],
  );
});

test("a failed update is a step without known weights, and the next one is compared with what was before it", () => {
  const failed = update({ ...TWO, candidateTraffic: "10" }, { result: "failed" });
  const steps = stepsOf([update({ ...TWO, candidateTraffic: "10" }), failed, update(TWO)], "heart");
  expect(steps.map(({ text, isFailed, state }) => [text, isFailed, state !== undefined])).toEqual([
    ["model-1 0 → 100, model-2 added", false, true],
    ["update failed: model-1 100 → 90, model-2 0 → 10", true, false],
    ["model-1 100 → 90, model-2 0 → 10", false, true],
  ]);
});

test("nothing is known after a failed update that changed nothing of the rollout but that it failed", () => {
  expect(textsOf(update(ONE), update(ONE, { result: "failed" })).at(-1)).toBe("update failed");
});

test("destroy takes everything", () => {
  const steps = stepsOf([update(ONE), update({}, { kind: "destroy" }), update(ONE)], "heart");
  expect(steps.map(({ text }) => text)).toEqual(["model-1 0 → 100", "destroyed", "model-1 0 → 100"]);
});

test("the first line of a message is its note; config of another namespace says nothing", () => {
  const [step] = stepsOf([update(ONE, { message: "  Release 7\n\nlong story" })], "heart");
  expect(step).toEqual({
    since: Date.parse(T),
    at: Date.parse(END),
    text: "model-1 0 → 100",
    isFailed: false,
    note: "Release 7",
    state: { traffic: { "model-1": 100 }, mirrorTraffic: {} },
  });
  expect(stepsOf([update(ONE)], "other")).toEqual([]);
});

test.each([
  ["no end time: still under way", { endTime: undefined }, 1],
  ["no time at all", { startTime: "", endTime: "" }, 0],
  ["no config", { config: undefined }, 0],
])("%s", (_name, more, count) => {
  const record = Object.fromEntries(
    Object.entries({ ...update(ONE), ...more }).filter(([, value]) => value !== undefined),
  );
  expect(stepsOf([record], "heart")).toHaveLength(count);
});

test.each(["{", "[]", '"x"', '{"model-1":null}', '{"model-1":"many"}'])(
  "config that is %s throws nothing",
  (traffic) => {
    expect(() => stepsOf([update({ ...TWO, candidate: "", traffic })], "heart")).not.toThrow();
  },
);
