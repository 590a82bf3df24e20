import { expect, test } from "vitest";
import { screensIn, steady, withScreens } from "../../walk/screens";

const PROMOTE = { name: "promote", typed: "npx mlflow-rollout promote --yes", lines: ["promote  model-2 0 -> 10"] };
const PAGE = "Before.\n\n<!-- screen: promote -->\n\n```text\n```\n\nAfter.\n\n```text\nanother block\n```\n";

test("a page gets the screens that it names, and nothing else changes", () => {
  const filled = withScreens(PAGE, [PROMOTE]);
  expect(filled).toBe(
    "Before.\n\n<!-- screen: promote -->\n\n```text\n$ npx mlflow-rollout promote --yes\npromote  model-2 0 -> 10\n```\n\n" +
      "After.\n\n```text\nanother block\n```\n",
  );
  expect(withScreens(filled, [PROMOTE])).toBe(filled);
  expect(screensIn(filled)).toEqual(["promote"]);
});

test("text that a screen shows is not read as a pattern", () => {
  expect(withScreens(PAGE, [{ ...PROMOTE, lines: ["  $ pulumi up $& $1"] }])).toContain("\n  $ pulumi up $& $1\n```");
});

test("a screen that is not on record is an error", () => {
  expect(() => withScreens(PAGE, [])).toThrow("there is no screen promote");
});

test.each([
  ["    created heart-model-2 (12 s)", "    created heart-model-2 (1 s)"],
  [
    "    verified  live traffic is a 90, read back 31 s after the write",
    "    verified  live traffic is a 90, read back 1 s after the write",
  ],
  ["    traffic  model-1 100 -> 90, model-2 0 -> 10 (10 points move)", undefined],
])("%s on record", (line, kept) => {
  expect(steady({ ...PROMOTE, lines: [line] }).lines).toEqual([kept ?? line]);
});
