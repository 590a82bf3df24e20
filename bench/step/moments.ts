import { sampleOf } from "../common/figure";
import type { Series } from "../common/series";

/** Writes when the process of a program started, when the program had declared everything, and when it ended. */
export const MOMENTS = `
  const { prototype } = require("node:module");
  const now = () => performance.timeOrigin + performance.now();
  const load = prototype.load;
  let declared;
  prototype.load = function (path) {
    load.call(this, path);
    if (path.endsWith("/project/index.ts")) declared = now();
  };
  process.on("exit", () => {
    const moments = { started: performance.timeOrigin, declared, ended: now() };
    require("node:fs").writeFileSync(log, JSON.stringify(moments));
  });
`;

/** Of a program, in milliseconds since 1970. */
export interface ProgramMoments {
  readonly started: number;
  readonly declared: number;
  readonly ended: number;
}

/** When what happens in a step has happened, in milliseconds since its command was typed, in this order. */
export interface StepMoments {
  readonly started: number;
  readonly declared: number;
  readonly asked: number;
  readonly written: number;
  readonly ended: number;
  readonly done: number;
}

const NAMES: readonly (readonly [keyof StepMoments, string])[] = [
  ["started", "Pulumi has started the program's process"],
  ["declared", "the SDK and the package are loaded, and everything is declared"],
  ["asked", "the provider runs, and Azure gets its first request"],
  ["written", "Azure gets the weights"],
  ["ended", "the program ends"],
  ["done", "the command ends"],
];

/** Where the time of a step goes, beside the expert's program: medians, and what each part of it takes more. Pure. */
export function momentSeries(ours: readonly StepMoments[], expert: readonly StepMoments[]): Series {
  let before = 0;
  return {
    by: "since a weight step was typed",
    columns: [
      { name: "ours", unit: "s" },
      { name: "expert's program", unit: "s" },
      { name: "more in this part", unit: "s" },
    ],
    rows: NAMES.map(([key, at]) => {
      const [own, other] = [ours, expert].map((all) => sampleOf(all.map((each) => each[key])).median) as [
        number,
        number,
      ];
      const more = own - other - before;
      before = own - other;
      return { at, values: [own, other, more].map(inSeconds) };
    }),
  };
}

function inSeconds(ms: number): number {
  return Math.round(ms / 10) / 100;
}
