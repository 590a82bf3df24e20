import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rolloutSvg } from "../../demo/rolloutSvg";
import type { DemoStepReport } from "../../demo/walk";
import { ARTICLE, BLUE, GREEN, commandOf } from "../../driver/article";
import { ROOT } from "../../driver/paths";

const RUN = JSON.parse(readFileSync(join(ROOT, "docs", "rollout.json"), "utf8")) as DemoStepReport[];

test("docs/rollout.svg is drawn from docs/rollout.json: npm run picture", () => {
  expect(readFileSync(join(ROOT, "docs", "rollout.svg"), "utf8")).toBe(rolloutSvg(RUN));
});

test("docs/rollout.json has the steps of the demo: npm run picture -- --record", () => {
  expect(RUN.map(({ step, name, command }) => ({ step, name, command }))).toEqual(
    ARTICLE.map((step, index) => ({ step: index + 1, name: step.name, command: commandOf(step) })),
  );
  expect(RUN.map(({ trafficAfter }) => trafficAfter)).toEqual([
    { [BLUE]: 100 },
    { [BLUE]: 100 },
    { [BLUE]: 100 },
    { [BLUE]: 100, [GREEN]: 0 },
    { [BLUE]: 100, [GREEN]: 0 },
    { [BLUE]: 90, [GREEN]: 10 },
    { [BLUE]: 0, [GREEN]: 100 },
    { [GREEN]: 100 },
    {},
  ]);
  expect(RUN.filter(({ failed }) => failed > 0)).toEqual([]);
});
