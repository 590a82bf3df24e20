import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LIVE_TRAFFIC } from "../support/liveTrafficTable";
import { ROOT } from "../support/readme";

const FOLDER = join(ROOT, "test", "engine");

test("each row of docs/live-traffic.md is a test, and each test a row", () => {
  const files = readdirSync(FOLDER).filter((file) => file.startsWith("neverZero"));
  const tests = files.flatMap((file) => {
    const text = readFileSync(join(FOLDER, file), "utf8");
    return [...text.matchAll(/^test\("([^"]+)"/gm)].map(([, title]) => `${file}: ${title}`);
  });
  expect(tests.toSorted()).toEqual(LIVE_TRAFFIC.map(({ change, test: file }) => `${file}: ${change}`).toSorted());
  expect(LIVE_TRAFFIC.length).toBeGreaterThan(20);
});
