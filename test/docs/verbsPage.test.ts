import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../driver/paths";
import { RECORD, screenPages } from "../../walk/record";
import { ROLLOUTS } from "../../walk/rollouts";
import { screensIn, steady, withScreens } from "../../walk/screens";
import type { Screen } from "../../walk/screens";

const screens = JSON.parse(readFileSync(RECORD, "utf8")) as Screen[];
const pages = screenPages()
  .map((page) => ({ page: relative(ROOT, page), text: readFileSync(page, "utf8") }))
  .filter(({ text }) => screensIn(text).length > 0);

test("docs/verbs.json is a run of the walk as it is now, line by line", () => {
  const lines = ROLLOUTS.flatMap((rollout) => rollout.lines).map(({ name, typed }) => ({ name, typed }));
  expect(screens.map(({ name, typed }) => ({ name, typed }))).toEqual(lines);
  expect(screens).toEqual(screens.map(steady));
});

test.each(pages)('$page shows the screens as "npm run walk -- --record" wrote them', ({ text }) => {
  expect(text).toBe(withScreens(text, screens));
});

test("docs/verbs.md shows screens", () => {
  expect(pages.map(({ page }) => page)).toContain("docs/verbs.md");
});
