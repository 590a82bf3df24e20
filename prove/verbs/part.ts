import type { Part, PartContext, PartResult } from "../common/part";
import { killVerbs } from "./kills";

const KILLS = 50;
const SEED = 1;

export const verbs: Part = {
  name: "verbs",
  shows: `the verbs of the command, killed at ${KILLS} random moments: what is live afterwards is what is declared`,
  run: runVerbs,
};

async function runVerbs({ report, kills = KILLS }: PartContext): Promise<PartResult> {
  const { lost, failures } = await killVerbs({ kills, seed: SEED, report });
  return { figures: { lostRequests: lost }, failures };
}
