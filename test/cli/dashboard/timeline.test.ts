import { describe, expect, test } from "vitest";
import { withView } from "../../../cli/dashboard/history";
import type { History, Step } from "../../../cli/dashboard/history";
import { timelineOf } from "../../../cli/dashboard/timeline";
import type { RolloutView } from "../../../cli/view/rolloutView";
import { deploymentView, minute, rolloutHistory, rolloutView } from "../../support/rolloutHistory";

const MINUTE_MS = 60_000;

/** A view at a minute with the weight of the candidate. */
function viewAt(at: number, weight: number, more: Partial<RolloutView> = {}): RolloutView {
  const deployments = [
    deploymentView("model-1", 100 - weight, { role: "stable" }),
    deploymentView("model-2", weight, { role: "candidate" }),
  ];
  return rolloutView({ at: new Date(minute(at)).toISOString(), deployments, ...more });
}

function stepAt(at: number, weight: number, more: Partial<Step> = {}): Step {
  const state = { traffic: { "model-1": 100 - weight, "model-2": weight }, mirrorTraffic: {} };
  return { since: minute(at - 1), at: minute(at), text: `to ${weight}`, isFailed: false, state, ...more };
}

function spansIn(history: History, hours = 24): readonly (readonly [number, number, number | undefined])[] {
  return timelineOf(history, hours).spans.map(({ from, to, state }) => {
    return [(from - minute(0)) / MINUTE_MS, (to - minute(0)) / MINUTE_MS, state.traffic["model-2"]];
  });
}

describe("weights over time", () => {
  test("from the updates before the first view, and from the views", () => {
    const history = { views: [viewAt(30, 10), viewAt(31, 10), viewAt(32, 25)], steps: [stepAt(0, 0), stepAt(20, 10)] };
    expect(spansIn(history)).toEqual([
      [0, 20, 0],
      [20, 32, 10],
      [32, 32, 25],
    ]);
  });

  test("a step that somebody took back by hand is seen", () => {
    expect(spansIn({ views: [viewAt(0, 10), viewAt(1, 0)], steps: [stepAt(-5, 10)] })).toEqual([
      [-5, 1, 10],
      [1, 1, 0],
    ]);
  });

  test("an update that ends after the last view is not shown yet", () => {
    expect(spansIn({ views: [viewAt(0, 0)], steps: [stepAt(5, 10)] })).toEqual([[0, 0, 0]]);
  });
});

describe("the steps that are marked", () => {
  const marksIn = (history: History) =>
    timelineOf(history, 24).marks.map(({ number, at, text }) => [number, (at - minute(0)) / MINUTE_MS, text]);

  test("a change that was seen while an update ran is the update's, at the time it was seen", () => {
    const history = {
      views: [viewAt(0, 0), viewAt(2, 10), viewAt(9, 10)],
      steps: [stepAt(3, 10, { since: minute(1) })],
    };
    expect(marksIn(history)).toEqual([[1, 2, "to 10"]]);
  });

  test("an update that ended before its change was seen is marked where the weights change", () => {
    const history = {
      views: [viewAt(0, 0), viewAt(3, 10), viewAt(9, 10)],
      steps: [stepAt(2, 10, { since: minute(1) })],
    };
    expect(marksIn(history)).toEqual([[1, 2, "to 10"]]);
    expect(spansIn(history).map(([from]) => from)).toEqual([0, 2]);
  });

  test("a change that no update accounts for is one of its own", () => {
    expect(marksIn({ views: [viewAt(0, 0), viewAt(2, 10)], steps: [stepAt(-60, 0)] })).toEqual([
      [1, -60, "to 0"],
      [2, 2, "model-1 100 → 90, model-2 0 → 10"],
    ]);
  });

  test("failed updates keep their time", () => {
    const failed: Step = { since: minute(1), at: minute(4), text: "update failed", isFailed: true };
    expect(marksIn({ views: [viewAt(0, 0), viewAt(9, 0)], steps: [failed] })).toEqual([[1, 4, "update failed"]]);
  });
});

describe("from when the plots go", () => {
  const begin = (history: History, hours?: number): number => (timelineOf(history, hours).from - minute(0)) / MINUTE_MS;

  test("from shortly before the first update since one deployment served alone", () => {
    const steps = [stepAt(-5000, 0), stepAt(10, 0, { text: "model-2 added" }), stepAt(40, 10), stepAt(60, 25)];
    expect(begin({ views: [viewAt(109, 25)], steps })).toBe(9 - 8);
  });

  test.each([
    ["the rollout is over", [stepAt(-900, 0), stepAt(40, 10), stepAt(60, 100)], 100],
    ["it was aborted", [stepAt(-900, 0), stepAt(40, 10), stepAt(60, 0)], 0],
    ["it took one step", [stepAt(-900, 0), stepAt(40, 100)], 100],
    ["another one was before it", [stepAt(-900, 100), stepAt(-800, 50), stepAt(-700, 0), stepAt(40, 10)], 10],
  ])("when %s: from its begin", (_name, steps, weight) => {
    expect(begin({ views: [viewAt(89, weight)], steps })).toBe(39 - 4);
  });

  test("from the first weights when no rollout is known", () => {
    expect(begin({ views: [viewAt(0, 0), viewAt(50, 0)], steps: [] })).toBe(-4);
  });

  test("at most a day back, unless hours are given", () => {
    const history = { views: [viewAt(0, 10)], steps: [stepAt(-9000, 0), stepAt(-4000, 10)] };
    expect(begin(history)).toBe(-24 * 60);
    expect(begin(history, 100)).toBe(-6000);
  });

  test("the first moment is a moment", () => {
    expect(begin({ views: [viewAt(0, 0)], steps: [] })).toBe(-1);
  });
});

describe("deployments", () => {
  test("the stable one is first, the candidate last; a colour stays when roles change", () => {
    const before = timelineOf({ views: [viewAt(0, 10)], steps: [] });
    const swapped = viewAt(9, 100, {
      deployments: [deploymentView("model-2", 100, { role: "stable" }), deploymentView("model-1", 0)],
    });
    const after = timelineOf({ views: [viewAt(0, 10), swapped], steps: [] });
    expect(before.tracks.map(({ name, slot }) => [name, slot])).toEqual([["model-1", 0], ["model-2", 1]]); // prettier-ignore
    expect(after.tracks.map(({ name, slot }) => [name, slot])).toEqual([["model-2", 1], ["model-1", 0]]); // prettier-ignore
  });

  test("one that is gone is shown while it has weight in the window", () => {
    const gone = { traffic: { old: 100 }, mirrorTraffic: {} };
    const history = { views: [viewAt(0, 0)], steps: [{ ...stepAt(-30, 0), state: gone }, stepAt(-10, 0)] };
    expect(timelineOf(history, 1).tracks.map(({ name }) => name)).toContain("old");
    expect(timelineOf(history, 0.1).tracks.map(({ name }) => name)).not.toContain("old");
  });

  test("names that differ in case are one deployment, with the spelling of the view", () => {
    const history = {
      views: [viewAt(0, 0)],
      steps: [{ ...stepAt(-30, 0), state: { traffic: { "MODEL-1": 100 }, mirrorTraffic: {} } }],
    };
    expect(timelineOf(history).tracks.map(({ name }) => name)).toEqual(["model-1", "model-2"]);
  });

  test("measures come from Azure Monitor, else from the views", () => {
    const history = rolloutHistory();
    const { metrics: _, ...without } = history;
    const [stable, candidate] = timelineOf(history).tracks;
    expect([stable?.points.length, candidate?.points.length]).toEqual([70, 52]);
    expect(timelineOf(without).tracks.map(({ points }) => points.map(({ p95 }) => p95))).toEqual([[88], [97.2]]);
  });
});

test("a clock that is set back, or stands still, leaves one point for each time", () => {
  const views = [viewAt(0, 10), viewAt(5, 10), viewAt(9, 25), viewAt(5, 50), viewAt(5, 50)];
  const kept = views.reduce<readonly RolloutView[]>((before, view) => withView(before, view), []);
  expect(kept.map(({ at }) => (Date.parse(at) - minute(0)) / MINUTE_MS)).toEqual([0, 5]);
  expect(kept.at(-1)).toBe(views.at(-1));
});

test("hours in which nothing happens cost nothing", () => {
  let views: readonly RolloutView[] = [];
  for (let at = 0; at < 500; at += 1) views = withView(views, viewAt(at, at < 250 ? 10 : 25));
  expect(views.map(({ at }) => (Date.parse(at) - minute(0)) / MINUTE_MS)).toEqual([0, 249, 250, 499]);
});
