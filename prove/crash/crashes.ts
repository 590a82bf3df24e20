import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBaseline } from "./baseline";
import type { Baseline } from "./baseline";
import { crashKey, callPosition, testCrash } from "./testCrash";
import type { CrashRow } from "./testCrash";
import { Rows } from "../rows";
import type { CrashTarget } from "./point";

export interface CrashOptions {
  /** File of JSON lines that keeps the rows: crashes that have converged in it are not run again. */
  readonly record: string;
  /** Names of stages; all of them by default. */
  readonly stages?: readonly string[];
  /** Most crashes to run now. @default all */
  readonly limit?: number;
  /** Takes a line about what is being done. */
  readonly report: (line: string) => void;
}

interface Case {
  readonly baseline: Baseline;
  readonly target: CrashTarget;
}

/**
 * Kills the engine at every call to Azure of a whole rollout and brings it back with `mlflow-rollout recover`: writes
 * first, since they are where it matters most.
 *
 * @returns the rows, those of earlier runs among them
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

/** A stage that writes nothing leaves nothing to bring back. */
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
