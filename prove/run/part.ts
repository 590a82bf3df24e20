import type { Part, PartContext, PartResult } from "../common/part";
import { killRuns } from "./killRuns";

const KILLS = 50;
const SEED = 1;

export const run: Part = {
  name: "run",
  shows: `unattended rollouts, killed at ${KILLS} random moments and started again: live is declared, and the history has every update`,
  run: runRuns,
};

async function runRuns({ report, kills = KILLS }: PartContext): Promise<PartResult> {
  const { lost, failures } = await killRuns({ kills, seed: SEED, report });
  return { figures: { lostRequests: lost }, failures };
}
