import { join } from "node:path";
import type { Part, PartContext, PartResult } from "../common/part";
import { AS_DOCUMENTED } from "./cases/ordinaryCase";
import type { OrdinaryCase } from "./cases/ordinaryCase";
import { CASES } from "./cases/all";
import { ordinaryRows } from "./recorded";
import { playCase, resetTestbed } from "./playCase";
import { Testbeds } from "./testbed/testbeds";

export const ordinary: Part = {
  name: "ordinary",
  shows:
    "what people do around the component in ordinary use, with requests under way: nothing of it takes traffic away",
  run: runOrdinary,
};

async function runOrdinary({ folder, report }: PartContext): Promise<PartResult> {
  const rows = ordinaryRows(join(folder, "rows.jsonl"));
  const left = CASES.filter(({ name }) => rows.find(name)?.result !== AS_DOCUMENTED);
  // Inline programs run in this process, typed ones in others: so they can be played beside each other.
  const isInline = ({ testbed }: OrdinaryCase): boolean => testbed.startsWith("inline");
  const lanes = [left.filter(isInline), left.filter((each) => !isInline(each))];
  await Promise.all(
    lanes.map(async (cases) => {
      for await (const row of playAll(cases, report)) {
        rows.add(row);
        report(`${row.result}: ${row.name} (${row.seconds} s)`);
      }
    }),
  );
  const known = CASES.flatMap(({ name }) => rows.find(name) ?? []);
  return {
    figures: {
      cases: known.length,
      outages: known.filter(({ outages }) => outages.length > 0).length,
      lostRequests: known.reduce((sum, { lost }) => sum + lost, 0),
      stuck: known.filter(({ stuck }) => stuck).length,
    },
    failures: [
      ...known.filter(({ result }) => result !== AS_DOCUMENTED).map(({ name, result }) => `${name}: ${result}`),
      ...CASES.filter(({ name }) => rows.find(name) === undefined).map(({ name }) => `${name}: it was not played`),
    ],
  };
}

async function* playAll(cases: readonly OrdinaryCase[], report: (line: string) => void) {
  const testbeds = new Testbeds();
  try {
    for (const each of cases) {
      try {
        const testbed = await testbeds.take(each.testbed);
        const row = await playCase(testbed, each);
        yield row;
        if (!(await resetTestbed(testbed, each, row))) await testbeds.close();
      } catch (error) {
        report(`cannot be played: ${each.name}: ${String(error)}`);
        await testbeds.close();
      }
    }
  } finally {
    await testbeds.close();
  }
}
