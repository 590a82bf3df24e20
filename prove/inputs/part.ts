import type { Part, PartContext, PartResult } from "../common/part";
import { BAD_INPUTS } from "./catalogue";
import { BadInputStack } from "./badInputStack";

export const badInputs: Part = {
  name: "inputs",
  shows: "bad config and arguments are refused at preview, each with its message and without a write",
  run: runInputs,
};

async function runInputs({ report }: PartContext): Promise<PartResult> {
  const inputs = await BadInputStack.start();
  const failures: string[] = [];
  let refused = 0;
  try {
    for (const [index, bad] of BAD_INPUTS.entries()) {
      const problems = await inputs.check(bad);
      if (problems.length === 0) refused += 1;
      failures.push(...problems.map((problem) => `${bad.name}: ${problem}`));
      report(`${index + 1} of ${BAD_INPUTS.length}: ${bad.name}`);
    }
  } finally {
    await inputs.close();
  }
  return { figures: { badConfigs: BAD_INPUTS.length, badConfigsRefused: refused }, failures };
}
