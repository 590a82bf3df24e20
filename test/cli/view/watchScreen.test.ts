import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { COLOURED, PLAIN } from "../../../cli/terminal/style";
import { printable, widthOf } from "../../../cli/terminal/columns";
import type { RolloutView } from "../../../cli/view/rolloutView";
import { watchScreen } from "../../../cli/view/watchScreen";
import { rolloutView } from "../../support/rolloutView";

const NOW = new Date("2026-01-02T14:40:00Z");
const HISTORY = [rolloutView(0, 0), rolloutView(10, 10, 0.5), rolloutView(20, 25), rolloutView(30, 50, 4)];

const screen = (columns: number, rows: number, history: readonly RolloutView[] = HISTORY, why?: string): string =>
  watchScreen(
    { history, now: NOW, ...(why !== undefined && { trouble: { since: NOW, why } }) },
    { columns, rows },
    PLAIN,
  );

test("a rollout with its curves on a large terminal", () => {
  expect(`\n${screen(80, 40)}\n`).toBe(`
heart-a1b2c  waiting  step 3 of 4
organization/heart/dev, component heart, read 14:30:00 UTC

model-2 has 50 % of the traffic

DEPLOYMENT  ROLE       MODEL  DECLARED  LIVE  STATE      INSTANCES
model-1     stable     1          50 %  50 %  Succeeded          1
model-2     candidate  2          50 %  50 %  Succeeded          1

LAST 5 MIN  REQUESTS/MIN  ERRORS    P50    P95
model-2               40   4.0 %  20 ms  40 ms

weight of model-2, %                     errors of model-2, %
 50┤                       ┏━━━━━━━━━      5┤
   │                       ┃                │                       ┏━━━━━━━━━
   │               ┏━━━━━━━┛                │                       ┃
   │               ┃                        │                       ┃
   │       ┏━━━━━━━┛                        │       ┏━━━━━━━┓       ┃
  0┤━━━━━━━┛                               0┤━━━━━━━┛       ┗━━━━━━━┛
    14:00 UTC to 14:40 UTC                   14:00 UTC to 14:40 UTC

plan     10 %, 25 %, 50 % (now), 100 %
next     promote gives model-2 100 %
  $ mlflow-rollout promote
q quits
`);
});

describe("what there is no room for", () => {
  test.each([
    [27, ["weight of", "LAST 5 MIN", "model-1  "]],
    [23, ["weight of", "LAST 5 MIN", "model-1  "]],
    [16, ["LAST 5 MIN", "model-1  "]],
    [11, ["model-1  "]],
    [10, ["model-1  "]],
    [9, []],
  ])("at %i rows leaves %j", (rows, shown) => {
    const text = screen(80, rows);
    expect(["weight of", "LAST 5 MIN", "model-1  "].filter((part) => text.includes(part))).toEqual(shown);
    expect(text.split("\n").at(-1)).toBe("q quits");
  });
});

test("what goes wrong stands above the last line, and what came before stays", () => {
  expect(screen(80, 40, HISTORY, "no route\u001b[2J to host").split("\n").slice(-2)).toEqual([
    "cannot be read since 14:40 UTC, and is tried again: no route to host",
    "q quits",
  ]);
});

test("the curves are of the candidate of before when there is none any more", () => {
  const { plan: _, ...ended } = rolloutView(35, 100);
  const alone = {
    ...ended,
    deployments: ended.deployments.slice(1).map((each) => ({ ...each, role: "stable" as const })),
  };
  expect(screen(80, 40, [...HISTORY, alone])).toContain("weight of model-2, %");
  expect(screen(80, 40, [alone, alone])).toContain("weight of model-2, %");
});

test("without a view there is nothing", () => {
  expect(screen(80, 24, [])).toBe("");
});

property.prop([fc.integer({ min: 1, max: 120 }), fc.integer({ min: 2, max: 40 }), fc.string(), fc.boolean()])(
  "no line is wider than the terminal, and there are no more lines than it has rows",
  (columns, rows, why, isColoured) => {
    const data = { history: HISTORY, now: NOW, trouble: { since: NOW, why } };
    const lines = watchScreen(data, { columns, rows }, isColoured ? COLOURED : PLAIN).split("\n");
    expect(lines.length).toBeLessThanOrEqual(rows);
    expect(Math.max(...lines.map((line) => widthOf(printable(line))))).toBeLessThanOrEqual(columns);
  },
);
