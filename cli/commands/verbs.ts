import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Command } from "commander";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import type { Decide } from "../verbs/runVerb";
import type { ModelSource } from "../verbs/modelSource";

interface VerbFlags {
  readonly cwd: string;
  readonly stack?: string;
  readonly component?: string;
  readonly yes?: true;
  readonly json?: true;
  readonly message?: string;
}

/** The commands that move a rollout. Each ends in declared state: afterwards a preview has no changes. */
export function addVerbCommands(program: Command): void {
  add(program, "start", "put a new model version in a deployment of its own, with weight 0")
    .argument("<model>", "folder of an MLflow model, its uri in Azure, or the id of a registered version")
    .option("--deployment <name>", "name of the deployment (default: made from the version, such as model-2)")
    .action((model: string, flags: VerbFlags & { deployment?: string }) =>
      run("start", flags, decideStart(model, flags)),
    );
  add(program, "promote", "give the candidate the next weight of the plan")
    .option("--full", "all of the traffic at once")
    .action((flags: VerbFlags & { full?: true }) => {
      const { promote } = require("../verbs/promote") as typeof import("../verbs/promote");
      return run("promote", flags, (state) => promote(state, flags.full === true));
    });
  add(program, "pause", "hold the rollout: no candidate's weight rises until it is resumed").action(
    (flags: VerbFlags) => {
      const { pause } = require("../verbs/pause") as typeof import("../verbs/pause");
      return run("pause", flags, (state) => pause(state, flags.message ?? "paused by hand"));
    },
  );
  add(program, "resume", "let a paused rollout go on").action((flags: VerbFlags) => {
    const { resume } = require("../verbs/pause") as typeof import("../verbs/pause");
    return run("resume", flags, resume, "the rollout is not paused");
  });
  add(program, "abort", "give all of the traffic back to the stable deployment, in one write").action(
    (flags: VerbFlags) => {
      const { abort } = require("../verbs/abort") as typeof import("../verbs/abort");
      return run("abort", flags, abort, "the candidate has no weight");
    },
  );
  add(program, "finish", "delete the deployment without weight and clear the rollout from stack config").action(
    (flags: VerbFlags) => {
      const { finish } = require("../verbs/finish") as typeof import("../verbs/finish");
      return run("finish", flags, finish);
    },
  );
}

function add(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option("--stack <name>", "the stack (default: the selected one)")
    .option("--component <name>", "the component, where the stack has several")
    .option("--cwd <folder>", "folder of the Pulumi project", ".")
    .option("--message <text>", "why, for the history of the stack")
    .option("--yes", "do not ask")
    .option("--json", "print one line of JSON at the end and everything else on stderr; needs --yes");
}

async function run(verb: string, flags: VerbFlags, decide: Decide, idle?: string): Promise<void> {
  const { runVerb } = require("../verbs/runVerb") as typeof import("../verbs/runVerb");
  process.exitCode = await runVerb(
    {
      verb,
      cwd: resolve(flags.cwd),
      yes: flags.yes === true,
      json: flags.json === true,
      ...(flags.stack !== undefined && { stack: flags.stack }),
      ...(flags.component !== undefined && { component: flags.component }),
      ...(flags.message !== undefined && { reason: flags.message }),
      ...(idle !== undefined && { idle }),
    },
    decide,
  );
}

function decideStart(model: string, { cwd, deployment }: VerbFlags & { readonly deployment?: string }): Decide {
  const { start } = require("../verbs/start") as typeof import("../verbs/start");
  const { modelSourceOf } = require("../verbs/modelSource") as typeof import("../verbs/modelSource");
  const project = resolve(cwd);
  const source = inProject(modelSourceOf(model), project);
  return (state) => start(state, { source, deployment, fullPath: (path) => resolve(project, path) });
}

/** A folder is typed from where one stands, and config has it from the project. @throws Failure when it is no model */
function inProject(source: ModelSource, project: string): ModelSource {
  if (source.kind !== "path") return source;
  const folder = resolve(source.path);
  if (!existsSync(join(folder, "MLmodel")))
    throw new Failure(
      `${source.path}: ${existsSync(folder) ? "has no MLmodel; give the folder that MLflow saved" : "no such folder"}`,
      EXIT.usage,
    );
  return { kind: "path", path: relative(project, folder) };
}
