import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { shownOutput } from "../support/readme";
import { ROOT } from "../../driver/paths";

/** What the demo may take on a machine with much else to do. */
const TIMEOUT_MS = 600_000;

const run = promisify(execFile);

/** Shares, counts and times differ from run to run. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/\d+(\.\d+)?/g, "#");
}

test(
  "npm run demo loses no request, and README shows what it prints of two steps",
  async () => {
    const { stdout } = await run("npm", ["run", "--silent", "demo"], { cwd: ROOT });
    expect(withoutNumbers(stdout)).toContain(withoutNumbers(shownOutput("demo").join("\n")));
    expect(stdout.match(/, \d+ failed;/g)).toEqual(Array.from({ length: 9 }, () => ", 0 failed;"));
  },
  TIMEOUT_MS,
);
