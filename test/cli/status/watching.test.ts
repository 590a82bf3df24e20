import { describe, expect, test } from "vitest";
import { ScreenViewer, changeLines, jsonLines, watchRollout } from "../../../cli/status/watching";
import { PLAIN } from "../../../cli/terminal/style";
import type { RolloutView } from "../../../cli/view/rolloutView";
import { rolloutView } from "../../support/rolloutView";

const NOW = new Date("2026-01-02T14:40:00Z");
const SIZE = { columns: 80, rows: 40 };

/** Watches what is read, one after the other, until that is over; what the viewer was told. */
async function watched(answers: readonly (RolloutView | string)[]) {
  const told: unknown[] = [];
  const ending = new AbortController();
  const left = [...answers];
  const end = await watchRollout({
    read: async () => {
      const next = left.shift();
      if (next === undefined) ending.abort(new Error("somebody has typed q"));
      ending.signal.throwIfAborted();
      if (typeof next === "string") throw new Error(next);
      return next as RolloutView;
    },
    pause: async () => undefined,
    now: () => NOW,
    viewer: {
      show: (view) => void told.push(view.message),
      fail: (why, at) => void told.push([why, at]),
    },
    signal: ending.signal,
  }).catch((error: Error) => error.message);
  return { told, end };
}

describe("a watch", () => {
  test("goes on when a read fails, and ends with what ends it", async () => {
    expect(await watched([rolloutView(0, 10), "no route", rolloutView(2, 25)])).toEqual({
      told: ["model-2 has 10 % of the traffic", ["no route", NOW], "model-2 has 25 % of the traffic"],
      end: "somebody has typed q",
    });
  });

  test("ends when the first read fails: nothing may be there at all", async () => {
    expect(await watched(["no such stack"])).toEqual({ told: [], end: "no such stack" });
  });
});

test("as JSON each view is a line, and failures stand apart", () => {
  const [lines, reports]: string[][] = [[], []];
  const viewer = jsonLines(
    (line) => void lines?.push(line),
    (line) => void reports?.push(line),
  );
  viewer.show(rolloutView(0, 10));
  viewer.fail("no\nroute", NOW);
  expect(lines?.map((line) => JSON.parse(line) as unknown)).toEqual([rolloutView(0, 10)]);
  expect(reports).toEqual(["cannot be read, and is tried again: no route"]);
});

test("without a screen there is a line for each change, and none for what stays", () => {
  const lines: string[] = [];
  const viewer = changeLines((line) => void lines.push(line));
  viewer.show(rolloutView(0, 10));
  viewer.show(rolloutView(1, 10, 3));
  viewer.show(rolloutView(2, 25));
  viewer.fail("no route", NOW);
  viewer.fail("no route", NOW);
  viewer.show(rolloutView(3, 25));
  expect(lines).toEqual([
    "14:00:00 UTC  waiting  step 1 of 4  model-1 90 %, model-2 10 %  model-2 has 10 % of the traffic",
    "14:02:00 UTC  waiting  step 2 of 4  model-1 75 %, model-2 25 %  model-2 has 25 % of the traffic",
    "14:40:00 UTC  cannot be read, and is tried again: no route",
    "14:03:00 UTC  waiting  step 2 of 4  model-1 75 %, model-2 25 %  model-2 has 25 % of the traffic",
  ]);
});

describe("on a screen", () => {
  test("the last view is drawn, with what has gone wrong since, counted from the first failure", () => {
    let changes = 0;
    const viewer = new ScreenViewer(() => (changes += 1), "q quits");
    expect(viewer.last).toBeUndefined();
    viewer.show(rolloutView(0, 10));
    viewer.fail("no route", new Date("2026-01-02T14:01:00Z"));
    viewer.fail("no host", new Date("2026-01-02T14:05:00Z"));
    const troubled = viewer.draw(NOW, SIZE, PLAIN);
    expect(troubled).toContain("model-2 has 10 % of the traffic");
    expect(troubled).toContain("cannot be read since 14:01 UTC, and is tried again: no host");
    viewer.show(rolloutView(6, 25));
    expect(viewer.draw(NOW, SIZE, PLAIN)).not.toContain("cannot be read");
    expect(viewer.last).toEqual(rolloutView(6, 25));
    expect(changes).toBe(4);
  });

  test("a watch of a week keeps its first view and its last one", () => {
    const viewer = new ScreenViewer(() => undefined, "q quits");
    for (let count = 0; count < 10_000; count += 1)
      viewer.show({ ...rolloutView(0, 10), at: new Date(NOW.getTime() + count * 60_000).toISOString() });
    const end = new Date(NOW.getTime() + 10_000 * 60_000);
    expect(viewer.draw(end, SIZE, PLAIN)).toContain("2026-01-02 14:40 UTC to 13:20 UTC");
  });
});
