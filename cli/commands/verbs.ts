import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import type { Command } from "commander";
import { withExamples } from "../terminal/examples";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { rolloutChoice, rolloutOptions } from "../terminal/rolloutOptions";
import type { RolloutFlags } from "../terminal/rolloutOptions";
import type { Decide } from "../verbs/runVerb";
import type { ModelSource } from "../verbs/modelSource";

interface VerbFlags extends RolloutFlags {
  readonly yes?: true;
  readonly json?: true;
  readonly message?: string;
}

/** The commands that move a rollout. Each ends in declared state: afterwards a preview has no changes. */
export function addVerbCommands(program: Command): void {
  addStart(program);
  addPromote(program);
  addPause(program);
  addAbort(program);
  addFinish(program);
  addUndo(program);
}

function addStart(program: Command): void {
  const command = verb(program, "start", "put a new model version in a deployment of its own, with weight 0")
    .argument("<model>", "folder of an MLflow model, its uri in Azure, or the id of a registered version")
    .option("--deployment <name>", "name of the deployment (default: made from the version, such as model-2)")
    .action((model: string, flags: VerbFlags & { deployment?: string }) => runStart(model, flags));
  withExamples(command, [
    [
      "mlflow-rollout start ./models/2",
      "registers the folder as the next version and deploys it beside the stable one",
    ],
    ["mlflow-rollout start azureml:heart:7 --yes", "deploys a version that is registered already, without asking"],
  ]);
}

function addPromote(program: Command): void {
  const command = verb(program, "promote", "give the candidate the next weight of the plan")
    .option("--full", "all of the traffic at once")
    .action((flags: VerbFlags & { full?: true }) => {
      const { promote } = require("../verbs/promote") as typeof import("../verbs/promote");
      return run("promote", flags, (state) => promote(state, flags.full === true));
    });
  withExamples(command, [
    ["mlflow-rollout promote", "one step, such as 10 -> 25, after a preview and a question"],
    [
      'mlflow-rollout promote --yes --message "p95 is fine"',
      "the same in a pipeline; the reason goes into the history",
    ],
  ]);
}

function addPause(program: Command): void {
  const pausing = verb(program, "pause", "hold the rollout: no candidate's weight rises until it is resumed").action(
    (flags: VerbFlags) => {
      const { pause } = require("../verbs/pause") as typeof import("../verbs/pause");
      return run("pause", flags, (state) => pause(state, flags.message ?? "paused by hand"));
    },
  );
  withExamples(pausing, [
    ['mlflow-rollout pause --message "release freeze"', "the reason is shown to whoever promotes"],
  ]);
  const resuming = verb(program, "resume", "let a paused rollout go on").action((flags: VerbFlags) => {
    const { resume } = require("../verbs/pause") as typeof import("../verbs/pause");
    return run("resume", flags, resume, "the rollout is not paused");
  });
  withExamples(resuming, [["mlflow-rollout resume", "takes the pause out of stack config"]]);
}

function addAbort(program: Command): void {
  const command = verb(program, "abort", "give all of the traffic back to the stable deployment, in one write").action(
    (flags: VerbFlags) => {
      const { abort } = require("../verbs/abort") as typeof import("../verbs/abort");
      return run("abort", flags, abort, "the candidate has no weight");
    },
  );
  withExamples(command, [
    ["mlflow-rollout abort --yes", "at once: the rules are checked in the update, without a preview"],
  ]);
}

function addFinish(program: Command): void {
  const command = verb(
    program,
    "finish",
    "delete the deployment without weight and clear the rollout from stack config",
  ).action((flags: VerbFlags) => {
    const { finish } = require("../verbs/finish") as typeof import("../verbs/finish");
    return run("finish", flags, finish);
  });
  withExamples(command, [
    ["mlflow-rollout finish", "after 100 % the old deployment goes, after an abort the candidate"],
  ]);
}

function addUndo(program: Command): void {
  const command = verb(program, "undo", "go back to what served after an earlier update")
    .option(
      "--to <number>",
      "the update, as history counts them (default: the last one that served something else)",
      updateNumber,
    )
    .action(async (flags: VerbFlags & { to?: number }) => {
      const { runUndo } = require("../verbs/runUndo") as typeof import("../verbs/runUndo");
      process.exitCode = await runUndo({
        ...optionsOf("undo", flags),
        ...(flags.to !== undefined && { to: flags.to }),
      });
    });
  withExamples(command, [
    ["mlflow-rollout undo", "one write while both deployments run; else the steps are named before they are made"],
    ["mlflow-rollout undo --to 12", "to the weights and versions of update 12"],
  ]);
}

/** @param does - in the imperative, as the list of commands has it; what its rules are stands after a colon */
function verb(program: Command, name: string, does: string): Command {
  const [summary = does] = does.split(/[:;,] /);
  const description = `${does.charAt(0).toUpperCase()}${does.slice(1)}.`;
  return rolloutOptions(program.command(name).summary(summary).description(description))
    .option("--message <text>", "why, for the history of the stack")
    .option("--yes", "do not ask")
    .option("--json", "print one line of JSON at the end and everything else on stderr; needs --yes");
}

async function run(name: string, flags: VerbFlags, decide: Decide, idle?: string): Promise<void> {
  const { runVerb } = require("../verbs/runVerb") as typeof import("../verbs/runVerb");
  process.exitCode = await runVerb({ ...optionsOf(name, flags), ...(idle !== undefined && { idle }) }, decide);
}

function optionsOf(name: string, flags: VerbFlags) {
  return {
    ...rolloutChoice(flags),
    verb: name,
    yes: flags.yes === true,
    json: flags.json === true,
    ...(flags.message !== undefined && { reason: flags.message }),
  };
}

function updateNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be the number of an update, as history counts them.");
}

async function runStart(model: string, flags: VerbFlags & { readonly deployment?: string }): Promise<void> {
  const { freeVersion, start } = require("../verbs/start") as typeof import("../verbs/start");
  const { modelSourceOf } = require("../verbs/modelSource") as typeof import("../verbs/modelSource");
  const { runVerb } = require("../verbs/runVerb") as typeof import("../verbs/runVerb");
  const project = resolve(flags.cwd);
  const request = () => ({
    source: inProject(modelSourceOf(model), project),
    deployment: flags.deployment,
    fullPath: (path: string) => resolve(project, path),
  });
  process.exitCode = await runVerb(
    { ...optionsOf("start", flags), check: () => void request() },
    (state) => start(state, request()),
    (refusals) => {
      const lowest = freeVersion(refusals);
      if (lowest === undefined) return undefined;
      const why = `that number is taken; version ${lowest} is the next one that is free`;
      return { why, decide: (state) => start(state, { ...request(), lowest }) };
    },
  );
}

/** A folder is typed from where one stands, and config has it from the project. @throws Failure when it is no model */
function inProject(source: ModelSource, project: string): ModelSource {
  if (source.kind !== "path") return source;
  const folder = resolve(source.path);
  if (existsSync(join(folder, "MLmodel"))) return { kind: "path", path: relative(project, folder) };
  const what = existsSync(folder) ? "has no MLmodel; give the folder that MLflow saved" : "no such folder";
  throw new Failure(`${source.path}: ${what}`, EXIT.usage);
}
