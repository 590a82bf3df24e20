import type { Weights } from "../components/rollout/weights";

/** A line that a person types, and what is live afterwards. */
export interface WalkLine {
  /** In the pages that show the screen. */
  readonly name: string;
  readonly typed: string;
  readonly live: Weights;
}

/** A model that is rolled out. */
export interface WalkRollout {
  readonly title: string;
  /** Version that the new model gets, and the folder that it is put in. */
  readonly version: string;
  readonly model: "blue" | "green";
  readonly lines: readonly WalkLine[];
}

/** What is typed before the first rollout. */
export const FIRST: readonly string[] = ["pulumi stack init dev", "pulumi up --yes --skip-preview"];

/** Three rollouts: one to the end, one that is aborted, and one that is undone when it has ended. */
export const ROLLOUTS: readonly WalkRollout[] = [
  {
    title: "the first rollout: every step of the plan",
    version: "2",
    model: "green",
    lines: [
      start("2", { "model-1": 100 }),
      promote("2", 10, { "model-1": 90 }),
      promote("2", 25, { "model-1": 75 }),
      promote("2", 50, { "model-1": 50 }),
      promote("2", 100, { "model-1": 0 }),
      verb("finish", "finish 2", { "model-2": 100 }),
    ],
  },
  {
    title: "the second one: paused, resumed, and aborted at 25",
    version: "3",
    model: "blue",
    lines: [
      start("3", { "model-2": 100 }),
      promote("3", 10, { "model-2": 90 }),
      verb('pause --message "release freeze"', "pause", { "model-2": 90, "model-3": 10 }),
      verb("resume", "resume", { "model-2": 90, "model-3": 10 }),
      promote("3", 25, { "model-2": 75 }),
      verb("abort", "abort", { "model-2": 100, "model-3": 0 }),
      verb("finish", "finish the aborted one", { "model-2": 100 }),
    ],
  },
  {
    title: "the third one: finished early, and undone",
    version: "4",
    model: "blue",
    lines: [
      start("4", { "model-2": 100 }),
      promote("4", 10, { "model-2": 90 }),
      verb('promote --full --message "p95 is fine"', "promote --full", { "model-2": 0, "model-4": 100 }),
      verb("finish", "finish 4", { "model-4": 100 }),
      verb("undo", "undo", { "model-4": 0, "model-2": 100 }),
    ],
  },
];

function start(version: string, live: Weights): WalkLine {
  return verb(`start models/${version}`, `start ${version}`, { ...live, [`model-${version}`]: 0 });
}

function promote(version: string, weight: number, live: Weights): WalkLine {
  return verb("promote", `promote ${version} to ${weight}`, { ...live, [`model-${version}`]: weight });
}

function verb(words: string, name: string, live: Weights): WalkLine {
  return { name, typed: `npx mlflow-rollout ${words} --yes`, live };
}
