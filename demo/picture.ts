import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { prepareEngine } from "azure-mlflow-rollout-local";
import { Command } from "commander";
import { ROOT } from "../driver/paths";
import { rolloutSvg } from "./rolloutSvg";
import { walkArticle } from "./walk";
import type { DemoStepReport } from "./walk";

const RUN = join(ROOT, "docs", "rollout.json");
const PICTURE = join(ROOT, "docs", "rollout.svg");

const program = new Command("picture")
  .description("Draws docs/rollout.svg from docs/rollout.json, a recorded run of the demo")
  .option("--record", "run the demo first and record it; takes about two minutes")
  .action(async ({ record }: { record?: true }) => {
    if (record === true) await recordRun();
    writeFileSync(PICTURE, rolloutSvg(JSON.parse(readFileSync(RUN, "utf8")) as DemoStepReport[]));
  });

/** @throws Error when a request was lost: such a run is not for the README */
async function recordRun(): Promise<void> {
  await prepareEngine((line) => void process.stderr.write(`${line}\n`));
  const reports: DemoStepReport[] = [];
  const ignore = (): void => undefined;
  const ended = (report: DemoStepReport): void => {
    process.stderr.write(`${report.step}. ${report.name}\n`);
    reports.push(report);
  };
  const { lostRequests } = await walkArticle({
    begins: ignore,
    previewed: ignore,
    progressed: ignore,
    answered: ignore,
    ended,
  });
  if (lostRequests > 0) throw new Error(`${lostRequests} requests were lost; nothing was recorded`);
  writeFileSync(RUN, `${JSON.stringify(reports, null, 2)}\n`);
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`picture: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
