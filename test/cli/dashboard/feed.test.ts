import { expect, onTestFinished, test } from "vitest";
import type { Published } from "../../../cli/dashboard/feed";
import { deploymentView, minute, rolloutView } from "../../support/rolloutHistory";
import { ScriptedFeed } from "../../support/scriptedSources";

const at = (count: number): string => new Date(minute(count)).toISOString();

async function opened(...args: Parameters<typeof ScriptedFeed.open>) {
  const { feed, script } = await ScriptedFeed.open(...args);
  onTestFinished(() => script.stop());
  const heard: Published[] = [];
  const unsubscribe = feed.subscribe((published) => heard.push(published));
  return { feed, script, heard, unsubscribe };
}

test("readers hear of a change, and of nothing else", async () => {
  const { feed, script, heard } = await opened([rolloutView(), rolloutView(), rolloutView({ phase: "waiting" })]);
  await script.next();
  expect(heard).toEqual([]);
  await script.next();
  expect(heard.map(({ update }) => update.title)).toEqual(["waiting · model-2 25\u00a0% · heart-x7k2p"]);
  expect(feed.current).toBe(heard[0]);
});

test("each change has a version of its own, and none of another run", async () => {
  const first = await opened([rolloutView(), rolloutView({ phase: "waiting" })]);
  const before = first.feed.current.version;
  await first.script.next();
  expect(first.feed.current.version).not.toBe(before);
  expect(before).toMatch(/^[0-9a-z]+-\d+$/);
});

test("who has unsubscribed hears nothing, and reading goes on", async () => {
  const { script, heard, unsubscribe } = await opened([rolloutView(), rolloutView({ phase: "waiting" })]);
  unsubscribe();
  await script.next();
  expect(heard).toEqual([]);
  expect(script.asked).toHaveLength(2);
});

test("a failed read says since when, waits longer each time, and is over with the next view", async () => {
  const down = new Error("the endpoint could not be read: 503");
  const views = [rolloutView(), down, down, down, down, down, rolloutView({ at: at(80) }), rolloutView({ at: at(81) })];
  const { feed, script } = await opened(views);
  await script.next();
  expect(feed.current.update.fragments.problem).toBe(
    "Not read since 15:12:00 UTC: the endpoint could not be read: 503",
  );
  expect(feed.current.update.announcement).toContain("503");
  expect(feed.current.update.fragments.summary).toContain("heart-x7k2p");
  for (let count = 0; count < 6; count += 1) await script.next();
  expect(script.waits.map((ms) => ms / 1000)).toEqual([10, 20, 40, 60, 60, 60, 10, 10]);
  expect(feed.current.update.fragments.problem).toBe("");
});

test("the first read fails the command", async () => {
  await expect(ScriptedFeed.open([new Error("stack dev has no component")])).rejects.toThrow(
    "stack dev has no component",
  );
});

test("updates are read again when something has changed, metrics every half minute too", async () => {
  const moved = [deploymentView("model-1", 50), deploymentView("model-2", 50)];
  const views = [0, 0.2, 0.4, 0.6, 0.7].map((time) => rolloutView({ at: at(time) }));
  views.push(rolloutView({ at: at(0.8), deployments: moved }), rolloutView({ at: at(0.9), deployments: moved }));
  views.push(rolloutView({ at: at(1), deployments: moved, phase: "waiting" }));
  const read: string[] = [];
  const { script } = await opened(views, {
    readSteps: async () => {
      read.push("steps");
      return [];
    },
    readMetrics: async (_from, to) => void read.push(`metrics to ${Math.round((to - minute(0)) / 1000)} s`),
  });
  for (let count = 0; count < 7; count += 1) await script.next();
  expect(read).toEqual([
    "steps",
    "metrics to 0 s",
    "metrics to 36 s",
    "steps",
    "metrics to 48 s",
    "steps",
    "metrics to 60 s",
  ]);
});

test("metrics are read as far back as the plots go", async () => {
  const ranges: number[] = [];
  const readMetrics = async (from: number, to: number): Promise<undefined> => void ranges.push((to - from) / 60_000);
  const step = { since: minute(40), at: minute(41), text: "to 25", isFailed: false };
  await opened([rolloutView()], { readMetrics, readSteps: async () => [step] });
  await opened([rolloutView()], { readMetrics }, 100);
  // From the step's begin, 32 minutes ago, with a little of what was before.
  expect(ranges).toEqual([32 * 1.08, 6000]);
});

test("what cannot be read beside the view is named, and what was read of it before stays", async () => {
  const step = { since: minute(50), at: minute(60), text: "to 25", isFailed: false };
  let count = 0;
  const { feed, script } = await opened([rolloutView(), rolloutView({ at: at(80), phase: "waiting" })], {
    readSteps: async () => {
      count += 1;
      if (count > 1) throw new Error("pulumi stack history failed");
      return [step];
    },
  });
  expect(feed.current.update.fragments.next).not.toContain("Not everything");
  await script.next();
  expect(feed.current.update.fragments.next).toContain("pulumi stack history failed");
  expect(feed.current.update.fragments.steps).toContain("to 25");
});
