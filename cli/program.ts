import { Command } from "commander";
import { addAdoptCommand } from "./commands/adopt";
import { addEngineCommand } from "./commands/engine";
import { addInitCommand } from "./commands/init";
import { addLocalCommand } from "./commands/local";
import { addRecoverCommand } from "./commands/recover";

const { version } = require("../../package.json") as { version: string };

/** All commands; what one of them needs is loaded when it runs. */
export function mlflowRollout(): Command {
  const program = new Command("mlflow-rollout")
    .description("Progressive rollout of MLflow models to Azure ML online endpoints")
    .version(version);
  for (const add of COMMANDS) add(program);
  return program;
}

const COMMANDS = [addInitCommand, addLocalCommand, addEngineCommand, addRecoverCommand, addAdoptCommand];
