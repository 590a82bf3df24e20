import { join } from "node:path";
import type { Part, PartContext, PartResult } from "../common/part";
import { AS_DOCUMENTED } from "./faultCase";
import { FAULTS } from "./cases";
import { faultRows } from "./recorded";
import { runFault } from "./runFault";
import { FaultTestbed } from "./testbed";

export const faults: Part = {
  name: "faults",
  shows: "what a user sees of each fault of Azure, what is live then, and that what is to be done helps",
  run: runFaults,
};

async function runFaults({ folder, report }: PartContext): Promise<PartResult> {
  const rows = faultRows(join(folder, "rows.jsonl"));
  const left = FAULTS.filter(({ name }) => rows.find(name)?.result !== AS_DOCUMENTED);
  if (left.length > 0) {
    const testbed = await FaultTestbed.start();
    try {
      for (const fault of left) {
        const row = await runFault(testbed, fault);
        rows.add(row);
        report(`${row.result}: ${row.during}, ${row.name} (${row.seconds} s)`);
      }
    } finally {
      await testbed.close();
    }
  }
  const known = FAULTS.flatMap(({ name }) => rows.find(name) ?? []);
  const failed = known.filter(({ result }) => result !== AS_DOCUMENTED);
  return {
    figures: {
      faults: known.length,
      faultsOk: known.length - failed.length,
      lostRequests: known.reduce((sum, { lost }) => sum + lost, 0),
    },
    failures: failed.map(({ during, name, result }) => `${during}, ${name}: ${result}`),
  };
}
