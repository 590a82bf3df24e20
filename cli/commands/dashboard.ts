import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";
import { withExamples } from "../terminal/examples";
import { rolloutOptions } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";

interface DashboardFlags extends RolloutFlags {
  readonly port: number;
  readonly interval: number;
  readonly hours?: number;
  readonly report?: string;
  readonly open?: true;
  readonly json?: true;
}

const INTERVAL_SECONDS = 10;
/** Azure Monitor keeps metrics for 93 days. */
const MOST_HOURS = 93 * 24;

export function addDashboardCommand(program: Command): void {
  const command = program
    .command("dashboard")
    .summary("the same as status as a page in the browser, live, with plots")
    .description(
      "Serve a page on this machine that shows what status shows, live, with weights, requests, errors and latency over the " +
        "rollout; Ctrl+C ends it. With --report it is written to a file instead. Nothing else is written.",
    );
  rolloutOptions(command)
    .addOption(
      new Option("--port <number>", "port to listen on; 0 takes any free one")
        .argParser(wholeNumber(0, 65_535))
        .default(0)
        .conflicts("report"),
    )
    .addOption(
      new Option("--interval <seconds>", "time between two reads")
        .argParser(wholeNumber(1, 3600))
        .default(INTERVAL_SECONDS)
        .conflicts("report"),
    )
    .option(
      "--hours <number>",
      "how far back the plots go (default: the rollout under way or the last one, at most 24)",
      wholeNumber(1, MOST_HOURS),
    )
    .option("--report <file>", "write the page as it is now to a file that needs no server, and end")
    .option("--open", "open it in the browser")
    .option("--json", "print one line of JSON: the url, or the file of a report")
    .action(async ({ port, interval, hours, report, open, json, ...flags }: DashboardFlags) => {
      // Loads what talks to Azure.
      const { runDashboard } = require("../dashboard/runDashboard") as typeof import("../dashboard/runDashboard");
      process.exitCode = await runDashboard({
        flags,
        port,
        intervalSeconds: interval,
        ...(hours !== undefined && { hours }),
        ...(report !== undefined && { report }),
        opens: open === true,
        json: json === true,
      });
    });
  withExamples(command, [
    ["mlflow-rollout dashboard --open", "the rollout of the selected stack in the browser, until Ctrl+C"],
    ["mlflow-rollout dashboard --report rollout.html", "the page as one file, for a pull request or an incident"],
  ]);
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}
