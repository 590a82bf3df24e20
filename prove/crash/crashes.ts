import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBaseline } from "./baseline";
import type { Baseline } from "./baseline";
import { crashKey, callPosition, testCrash } from "./testCrash";
import type { CrashRow } from "./testCrash";
import { Rows } from "../common/rows";
import type { CrashTarget } from "./point";

export interface CrashOptions {
  /** JSON lines file of the rows; converged crashes are not run again. */
  readonly record: string;
  /** Names of stages; all of them by default. */
  readonly stages?: readonly string[];
  /** Most crashes to run now. @default all */
  readonly limit?: number;
  /** Gets a line of progress. */
  readonly report: (line: string) => void;
}

interface Case {
  readonly baseline: Baseline;
  readonly target: CrashTarget;
}

/**
 * Kills the engine at every Azure call of a whole rollout and recovers with `mlflow-rollout recover`; writes first,
 * since they matter most.
 *
 * @returns the rows, including those of earlier runs
 */
export async function* proveCrashes(options: CrashOptions): AsyncIterable<CrashRow> {
  const { record, limit = Infinity, report } = options;
  const rows = new Rows<CrashRow>(record, crashKey);
  const folder = mkdtempSync(join(tmpdir(), "crash-"));
  const stack = `crash-${process.pid}`;
  try {
    const { port, stages } = await runBaseline({ folder, stack, report });
    const cases = stages.filter(({ stage }) => options.stages?.includes(stage.name) ?? true).flatMap(casesOf);
    let run = 0;
    for (const { baseline, target } of [...cases.filter(isWrite), ...cases.filter((one) => !isWrite(one))]) {
      const known = rows.find(crashKey({ stage: baseline.stage.name, ...target }));
      if (known?.result === "converged") {
        // Other calls may have come before it since.
        yield { ...known, index: callPosition(baseline, target.call) };
        continue;
      }
      if (run >= limit) continue;
      run += 1;
      report(`${baseline.stage.name}: ${target.call}, ${target.moment}`);
      const row = await testCrash(baseline, target, { stack, port, folder: join(folder, "case") });
      rows.add(row);
      yield row;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A stage without writes needs no recovery. */
function casesOf(baseline: Baseline): Case[] {
  if (baseline.calls.every(({ name }) => isRead(name))) return [];
  return baseline.calls.flatMap(({ name, moments }) =>
    moments.map((moment) => ({ baseline, target: { call: name, moment } })),
  );
}

function isWrite({ target }: Case): boolean {
  return !isRead(target.call);
}

function isRead(call: string): boolean {
  return /^(GET|POST) /.test(call);
}
