import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { COMMAND, MODELS, ROOT } from "../driver/paths";
import { figureOf } from "./common/figure";
import type { Figure } from "./common/figure";

const SECONDS = 60;
const PLAN = { steps: [5, 10, 25, 50, 100] };

/** A rehearsal of five steps with load, as somebody types it. */
export function benchRehearsal(): Promise<readonly Figure[]> {
  const words = ["rehearse", "--model", join(MODELS, "green"), "--config", `rollout=${JSON.stringify(PLAN)}`, "--json"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...words], { cwd: ROOT, encoding: "utf8" });
  if (status !== 0) throw new Error(`the rehearsal ended with ${status}:\n${stderr}`);
  const { seconds, steps, lostRequests } = JSON.parse(stdout) as Record<"seconds" | "steps" | "lostRequests", number>;
  if (steps !== PLAN.steps.length || lostRequests > 0)
    throw new Error(`the rehearsal lost requests or steps: ${stdout}`);
  return Promise.resolve([
    figureOf({
      figure: "rehearsal of five steps with load",
      ours: seconds,
      against: SECONDS,
      rival: "what is wanted",
      unit: "s",
      limit: { most: 1 },
    }),
  ]);
}
