import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { shownOutput } from "../support/readme";
import { ROOT } from "../../driver/paths";
import { trafficLine } from "../../demo/report";
import type { DemoStepReport } from "../../demo/walk";

/** What the demo may take on a machine with much else to do. */
const TIMEOUT_MS = 600_000;

const run = promisify(execFile);

/** Shares, counts and times differ from run to run. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+(\.\d+)?/g, "#");
}

test(
  "npm run demo loses no request, and docs/article.md shows what it prints of two steps",
  async () => {
    const { stdout } = await run("npm", ["run", "--silent", "demo"], { cwd: ROOT });
    expect(withoutNumbers(stdout)).toContain(
      withoutNumbers(shownOutput("demo", join("docs", "article.md")).join("\n")),
    );
    const recorded = JSON.parse(readFileSync(join(ROOT, "docs", "rollout.json"), "utf8")) as DemoStepReport[];
    expect(stdout.match(/live traffic {2}.*/g)).toEqual(recorded.map(trafficLine));
    expect(stdout.match(/, \d+ failed;/g)).toEqual(Array.from({ length: 9 }, () => ", 0 failed;"));
  },
  TIMEOUT_MS,
);
