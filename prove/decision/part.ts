import type { Part, PartContext, PartResult } from "../common/part";
import { explore } from "./explore";
import { THREE, TWO, TWO_SCALED, TWO_UNPROTECTED, TWO_WITHOUT_LIMITS } from "./sizes";

const SIZES = {
  "two deployments": TWO,
  "two, scaled": TWO_SCALED,
  "two, unprotected": TWO_UNPROTECTED,
  "two, without limits": TWO_WITHOUT_LIMITS,
  "three deployments": THREE,
};

export const decision: Part = {
  name: "decision",
  shows: "every state that plans of any length reach, with a fault or a kill at any call of any run",
  run: proveDecision,
};

async function proveDecision({ report }: PartContext): Promise<PartResult> {
  const failures: string[] = [];
  let states = 0;
  let violations = 0;
  for (const [name, size] of Object.entries(SIZES)) {
    const found = explore({ ...size, report: (line) => report(`${name}: ${line}`) });
    const sightings = [...found.violations];
    states += found.states;
    violations += sightings.reduce((sum, [, { times }]) => sum + times, 0);
    failures.push(...sightings.map(([what, { times, example }]) => `${name}, ${times} times ${what}: ${example}`));
    report(`${name}: ${found.states} states, ${found.runs} runs`);
  }
  return { figures: { states, violations }, failures };
}
