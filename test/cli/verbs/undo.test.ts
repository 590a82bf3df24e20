import { describe, expect, test } from "vitest";
import { foresee } from "../../../cli/verbs/foresee";
import { rolloutStateOf } from "../../../cli/verbs/rolloutState";
import { chooseUpdate, targetOf } from "../../../cli/verbs/target";
import type { EarlierUpdate } from "../../../cli/verbs/target";
import { isDeclaredNow, undoMove } from "../../../cli/verbs/undo";
import { openedRollout } from "../../support/openedRollout";

/** Config of one or two deployments, the second one with a weight. */
function configOf(first: number, second?: number, weight = 0): Record<string, string> {
  const numbers = second === undefined ? [first] : [first, second];
  return {
    modelVersions: JSON.stringify(Object.fromEntries([1, 2, 3].map((n) => [n, `models/${n}`]))),
    deployments: JSON.stringify(Object.fromEntries(numbers.map((n) => [`model-${n}`, { modelVersion: String(n) }]))),
    ...(second !== undefined && { candidate: `model-${second}`, candidateTraffic: String(weight) }),
  };
}

function rolloutAt(config: Record<string, string>, inputs = {}) {
  const entries = Object.entries(config).map(([key, value]) => `  heart:${key}: ${value}\n`);
  const text = `config:\n${entries.join("")}`;
  const traffic = rolloutStateOf(openedRollout(text, { traffic: {}, inputs }))?.declared.traffic ?? {};
  return openedRollout(text, { traffic, inputs });
}

function movesBack(now: Record<string, string>, then: Record<string, string>, inputs = {}): readonly string[] {
  const target = targetOf({ number: 1, succeeded: true, config: then });
  return foresee(rolloutAt(now, inputs), (state) => undoMove(state, target)).map(({ text }) => text);
}

describe("the way back to what served at an earlier update", () => {
  test.each([
    [
      "one write while both run",
      configOf(1, 2, 50),
      configOf(1, 2, 10),
      ["model-1 50, model-2 50 -> model-1 90, model-2 10"],
    ],
    ["nothing, when it serves now", configOf(1, 2, 10), configOf(1, 2, 10), []],
    [
      "the old deployment comes back after a finished rollout",
      configOf(2),
      configOf(1),
      ["version 1 comes back in model-1, with weight 0", "model-2 100, model-1 0 -> model-2 0, model-1 100"],
    ],
    [
      "a rollout under way makes room first",
      configOf(2, 3, 10),
      configOf(1),
      [
        "model-2 90, model-3 10 -> model-2 100, model-3 0",
        "model-3 is deleted, to make room",
        "version 1 comes back in model-1, with weight 0",
        "model-2 100, model-1 0 -> model-2 0, model-1 100",
      ],
    ],
    [
      "two that are both gone come back one after the other",
      configOf(3),
      configOf(1, 2, 10),
      [
        "version 1 comes back in model-1, with weight 0",
        "model-3 100, model-1 0 -> model-3 0, model-1 100",
        "model-3 is deleted, to make room",
        "version 2 comes back in model-2, with weight 0",
        "model-1 100, model-2 0 -> model-1 90, model-2 10",
      ],
    ],
  ])("%s", (_, now, then, expected) => {
    expect(movesBack(now, then)).toEqual(expected);
  });

  test("no step is larger than the program allows", () => {
    const moves = movesBack(configOf(2), configOf(1), { policy: { maxIncrease: 40 } });
    expect(moves.slice(1)).toEqual([
      "model-2 100, model-1 0 -> model-1 40, model-2 60",
      "model-2 60, model-1 40 -> model-1 80, model-2 20",
      "model-2 20, model-1 80 -> model-2 0, model-1 100",
    ]);
  });

  test("another version under the same name gets a name of its own", () => {
    const then = { ...configOf(2), deployments: '{"model-2":{"modelVersion":"1"}}' };
    expect(movesBack(configOf(2), then)[0]).toBe("version 1 comes back in model-2-1, with weight 0");
  });
});

describe("the update that is undone to", () => {
  const update = (number: number, config: Record<string, string>, succeeded = true): EarlierUpdate => ({
    number,
    succeeded,
    config,
  });
  const updates = [
    update(1, configOf(1)),
    update(2, configOf(1, 2, 10)),
    update(3, configOf(1, 2, 50), false),
    update(4, configOf(1, 2, 25)),
  ];
  const chosen = (now: Record<string, string>, number?: number, of = updates): number => {
    const state = rolloutStateOf(rolloutAt(now));
    const isNow = (target: ReturnType<typeof targetOf>): boolean => state !== undefined && isDeclaredNow(state, target);
    return chooseUpdate(of, { number, isNow, isOver: state?.candidates.length === 0 }).number;
  };

  test("is the last one that served something else", () => {
    expect(chosen(configOf(1, 2, 25))).toBe(2);
    expect(chosen(configOf(1, 2, 25), 1)).toBe(1);
  });

  test("after the end of a rollout is the last one before it, and none in its middle", () => {
    expect(chosen(configOf(2))).toBe(1);
    expect(chosen(configOf(2), 4)).toBe(4);
    expect(chosen(configOf(2), undefined, updates.slice(1))).toBe(4);
  });

  test.each([
    [7, "there is no update 7"],
    [3, "update 3 did not succeed"],
  ])("cannot be %i", (number, message) => {
    expect(() => chosen(configOf(1, 2, 25), number)).toThrow(message);
  });

  test("must be there", () => {
    expect(() => chosen(configOf(1, 2, 25), undefined, [update(1, configOf(1, 2, 25)), update(2, {})])).toThrow(
      "nothing can be undone",
    );
    expect(() => targetOf(update(5, {}))).toThrow("update 5 has no weights");
  });
});
