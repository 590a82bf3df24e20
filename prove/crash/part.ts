import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Part, PartContext, PartResult } from "../common/part";
import { proveCrashes } from "./crashes";
import type { CrashRow } from "./testCrash";

export const crashes: Part = {
  name: "crashes",
  shows: "the engine is killed at every call to Azure of a whole rollout; one command brings it back",
  run: runCrashes,
};

async function runCrashes({ folder, report }: PartContext): Promise<PartResult> {
  const rows: CrashRow[] = [];
  const record = join(folder, "rows.jsonl");
  for await (const row of proveCrashes({ record, report })) rows.push(row);
  // Without the calls that are no longer made.
  writeFileSync(record, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const failed = rows.filter(({ result }) => result !== "converged");
  return {
    figures: {
      crashPoints: rows.length,
      converged: rows.length - failed.length,
      lostRequests: rows.reduce((sum, { lost }) => sum + lost, 0),
    },
    failures: failed.map(({ stage, call, moment, result }) => `${stage}, ${call}, ${moment}: ${result}`),
  };
}
