import { prepareEngine } from "azure-mlflow-rollout-local";
import { Command } from "commander";
import { pluginsOption } from "../cli/local/pluginsOption";
import type { Plugins } from "../cli/local/pluginsOption";
import { Progress } from "./progress";
import { heading, previewLines, reportLines, splitFits, weightPlot } from "./report";
import { walkArticle } from "./walk";
import type { DemoStepReport, WalkObserver } from "./walk";

const program = new Command("demo")
  .description(
    "Walks Microsoft's article on a local Azure ML, with the real Pulumi engine and scoring requests under way",
  )
  .addOption(pluginsOption())
  .option("--json", "print one JSON object for each step instead")
  .action(demo);

async function demo({ plugins, json }: { plugins: Plugins; json?: true }): Promise<void> {
  process.env["LOCAL_PULUMI_PLUGINS"] = plugins;
  await prepareEngine((line) => void process.stderr.write(`${line}\n`));
  const reports: DemoStepReport[] = [];
  const observer = json === true ? forMachines() : forPeople();
  const { lostRequests, peakMemoryMb } = await walkArticle({
    ...observer,
    ended: (report) => {
      reports.push(report);
      observer.ended(report);
    },
  });
  if (json === true) {
    print(JSON.stringify({ done: true, lostRequests }));
  } else {
    print(`\n${weightPlot(reports)}`);
    print(`\n${lostRequests} lost requests; peak memory of the local Azure: ${peakMemoryMb} MB`);
  }
  if (lostRequests > 0 || !reports.every(splitFits)) process.exitCode = 1;
}

function forMachines(): WalkObserver {
  const ignore = (): void => undefined;
  return {
    begins: ignore,
    previewed: ignore,
    progressed: ignore,
    answered: ignore,
    ended: (report) => print(JSON.stringify(report)),
  };
}

function forPeople(): WalkObserver {
  const progress = new Progress(process.stdout);
  print("Progressive rollout of MLflow models to an online endpoint, on a local Azure ML.");
  return {
    begins: (step, name, command) => print(heading(step, name, command)),
    previewed: (result) => print(previewLines(result)),
    progressed: (done, expected) => progress.show(done, expected),
    answered: ({ deployment, body }) => print(`   ${deployment ?? "nothing"} answers ${body}`),
    ended: (report) => {
      progress.clear();
      print(reportLines(report, report.seconds.toFixed(1)));
    },
  };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
