import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { ROOT } from "../../driver/paths";

/** A kind of change in `docs/live-traffic.md`. */
export interface LiveTrafficRow {
  readonly change: string;
  readonly effect: string;
  /** In words of {@link WRITES}. */
  readonly writes: string;
  /** Name of the test file in `test/engine` or `test/sessions`; the test itself is named as the change. */
  readonly test: string;
}

/** The words of the table for what Azure Resource Manager is sent. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  none: [],
  "traffic step": ["PUT deployments", "PUT onlineEndpoints via"],
  "deployment update": ["PUT onlineEndpoints/deployments"],
  "deployment create": ["PUT onlineEndpoints/deployments"],
  "deployment delete": ["DELETE onlineEndpoints/deployments"],
  "record delete": ["DELETE deployments"],
  "endpoint delete": ["DELETE onlineEndpoints"],
};

const PAGE = readFileSync(join(ROOT, "docs", "live-traffic.md"), "utf8");

/** The rows of the table, in its order. */
export const LIVE_TRAFFIC: readonly LiveTrafficRow[] = PAGE.split("\n")
  .filter((line) => line.startsWith("| ") && line.includes(".test.ts`"))
  .map((line) => {
    const [change = "", effect = "", writes = "", test = ""] = line
      .split("|")
      .slice(1)
      .map((cell) => cell.trim());
    return { change, effect, writes, test: test.replaceAll("`", "") };
  });

/** The writes that the table names for the change that the running test is named after, as `writesOf` shows them. */
export function documentedWrites(): readonly string[] {
  const name = expect.getState().currentTestName?.split(" > ").at(-1);
  const row = LIVE_TRAFFIC.find(({ change }) => change === name);
  if (row === undefined) throw new Error(`docs/live-traffic.md has no row ${JSON.stringify(name)}`);
  return row.writes.split(", ").flatMap((word) => {
    const writes = WRITES[word];
    if (writes === undefined) throw new Error(`docs/live-traffic.md: ${JSON.stringify(word)} is no kind of write`);
    return writes;
  });
}
