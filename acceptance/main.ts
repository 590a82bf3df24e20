import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { promisify } from "node:util";
import { Command, InvalidArgumentError, Option } from "commander";
import { prepareEngine } from "azure-mlflow-rollout-local";
import type { Engine } from "azure-mlflow-rollout-local";
import { oneLine } from "../cli/terminal/text";
import { azureCloud } from "./azureCloud";
import type { Cloud } from "./cloud";
import { askConsent } from "./askConsent";
import { deleteCommand, groupName, groupsLeft } from "./group";
import { PLANTED_DIFFERENCES, localCloud } from "./localCloud";
import type { PlantedDifference } from "./localCloud";
import { notice } from "./notice";
import { Redactor } from "./redact";
import { emptyReport } from "./report";
import { ReportFile } from "./reportFile";
import { runAcceptance } from "./runAcceptance";

interface Flags {
  readonly local?: true;
  readonly plant?: PlantedDifference;
  readonly location: string;
  readonly instanceType: string;
  readonly hourlyPrice?: number;
  readonly currency: string;
  readonly report: string;
  readonly yes?: true;
}

const { version } = require("../package.json") as { version: string };

const program = new Command("acceptance")
  .description(
    "Takes a rollout through Azure in a resource group of its own, and reports what is not as on the local Azure",
  )
  .option("--location <region>", "region of all that is made", "westeurope")
  .option("--instance-type <size>", "machines of the deployments", "Standard_DS3_v2")
  .option("--hourly-price <price>", "price of such a machine for an hour, to say the cost", price)
  .option("--currency <name>", "of the price", "USD")
  .option("--report <folder>", "where acceptance-report.json and acceptance-report.md are written", "acceptance-report")
  .option("--yes", "agree to what is said first, where there is no terminal to ask in")
  .option("--local", "use a local Azure: nothing is billed, and nothing is asked")
  .addOption(
    new Option("--plant <reading>", "with --local, a difference that must be found")
      .choices(Object.keys(PLANTED_DIFFERENCES))
      .implies({ local: true }),
  )
  .action(main);

/** Exit status: 0 without differences, 1 with differences or after a failure, 2 when nothing was done. */
async function main(flags: Flags): Promise<void> {
  const group = groupName();
  if (flags.local === undefined) {
    print(`${notice({ ...flags, group })}\n`);
    if (flags.yes === undefined && !(await askConsent(process.stdin, process.stdout))) {
      throw new Error("nothing was created");
    }
  }
  const cloud = flags.local === true ? await localCloud(flags.plant) : await azureCloud(process.env);
  try {
    await report(flags, cloud, await engineFor(flags), group);
  } finally {
    await cloud.close();
  }
}

async function report(flags: Flags, cloud: Cloud, engine: Engine, group: string): Promise<void> {
  for (const left of await groupsLeft(cloud)) print(`an earlier run has left ${left}: ${deleteCommand(left)}`);
  const redactor = redactorFor(cloud);
  const circumstances = {
    version,
    target: cloud.name,
    location: flags.location,
    instanceType: flags.instanceType,
    pulumi: await versionOf(engine),
    plugins: engine.plugins,
    node: process.version,
  };
  const file = new ReportFile(flags.report, redactor, emptyReport(circumstances, new Date()));
  const { outcome, differences, cleanUp, requests } = await runAcceptance({
    cloud,
    group,
    location: flags.location,
    instanceType: flags.instanceType,
    engineEnv: engine.env,
    file,
    redactor,
    tell: print,
    signal: untilInterrupted(group),
  });
  print(`\n${outcome}: ${differences.length} differences, ${requests.lost} of ${requests.sent} requests lost`);
  print(`report: ${file.paths.join(", ")}`);
  process.exitCode = outcome === "no differences" && cleanUp.group === "deleted" ? 0 : 1;
}

/** On Azure the plugins are Pulumi's own; where the local one stands in, those that the environment asks for. */
function engineFor({ local }: Flags): Promise<Engine> {
  return prepareEngine(print, local === true ? process.env : { ...process.env, LOCAL_PULUMI_PLUGINS: "real" });
}

/** The first signal stops the walk; when the group is being deleted, another one stops the waiting. */
function untilInterrupted(group: string): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) {
      print(`not waiting any longer; see to it that the group goes: ${deleteCommand(group)}`);
      process.exit(1);
    }
    print("\ninterrupted: cleaning up; the next interruption does not wait for the end of it");
    controller.abort(new Error("interrupted"));
  };
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
  return controller.signal;
}

/** Hides what says whose subscription it is, and what opens it. */
function redactorFor({ subscriptionId, env }: Cloud): Redactor {
  const redactor = new Redactor();
  redactor.hide("subscription", subscriptionId);
  redactor.hide("home", homedir());
  const variables = { ...process.env, ...env };
  for (const name of ["TENANT_ID", "CLIENT_ID", "CLIENT_SECRET"]) {
    for (const prefix of ["ARM", "AZURE"]) {
      redactor.hide(name.toLowerCase().replace("_", " "), variables[`${prefix}_${name}`]);
    }
  }
  return redactor;
}

async function versionOf({ cli, env }: Engine): Promise<string> {
  const { stdout } = await promisify(execFile)(cli.path, ["version"], { env: { ...process.env, ...env } });
  return stdout.trim();
}

function price(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("It must be a number above 0, such as 0.27.");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`acceptance: ${oneLine(error)}\n`);
  process.exitCode = 2;
});
