import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { LIVE_TRAFFIC } from "../support/liveTrafficTable";
import { ROOT } from "../../driver/paths";

const FOLDERS = ["engine", "sessions"].map((name) => join(ROOT, "test", name));

test("each row of docs/live-traffic.md is a test, and each test a row", () => {
  const files = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const tests = files
    .filter((file) => basename(file).startsWith("neverZero"))
    .flatMap((file) => {
      const text = readFileSync(file, "utf8");
      return [...text.matchAll(/^test\("([^"]+)"/gm)].map(([, title]) => `${basename(file)}: ${title}`);
    });
  expect(tests.toSorted()).toEqual(LIVE_TRAFFIC.map(({ change, test: file }) => `${file}: ${change}`).toSorted());
  expect(LIVE_TRAFFIC.length).toBeGreaterThan(20);
});
