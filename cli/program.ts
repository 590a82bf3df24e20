import { Command, Help } from "commander";
import { addAdoptCommand } from "./commands/adopt";
import { addCompareCommand } from "./commands/compare";
import { addCompletionCommand } from "./commands/completion";
import { addDashboardCommand } from "./commands/dashboard";
import { addEngineCommand } from "./commands/engine";
import { addFleetCommand } from "./commands/fleet";
import { addHistoryCommand } from "./commands/history";
import { addInitCommand } from "./commands/init";
import { addLintCommand } from "./commands/lint";
import { addLocalCommand } from "./commands/local";
import { addPlanCommand } from "./commands/plan";
import { addRecoverCommand } from "./commands/recover";
import { addRehearseCommand } from "./commands/rehearse";
import { addRunCommand } from "./commands/run";
import { addStatusCommand } from "./commands/status";
import { addTestCommand } from "./commands/test";
import { addVerbCommands } from "./commands/verbs";
import { addWatchCommand } from "./commands/watch";
import { usageLine } from "./terminal/ending";

const { version } = require("azure-mlflow-rollout/package.json") as { version: string };

/** All commands as the help groups them. What a command needs is loaded when it runs. */
const GROUPS: Readonly<Record<string, readonly ((program: Command) => void)[]>> = {
  "Rollout:": [addVerbCommands, addRunCommand, addFleetCommand, addTestCommand, addRehearseCommand, addCompareCommand],
  "Look:": [addStatusCommand, addWatchCommand, addDashboardCommand, addPlanCommand, addHistoryCommand, addLintCommand],
  "Repair and set up:": [
    addInitCommand,
    addLocalCommand,
    addEngineCommand,
    addRecoverCommand,
    addAdoptCommand,
    addCompletionCommand,
  ],
};

export function mlflowRollout(): Command {
  const program = new Command("mlflow-rollout")
    .description("Progressive rollout of MLflow models to Azure ML online endpoints")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show this help")
    .configureHelp({ subcommandTerm })
    // An option stands after the command whose it is, however many have one of its name.
    .enablePositionalOptions()
    .exitOverride();
  for (const [heading, commands] of Object.entries(GROUPS)) {
    program.commandsGroup(heading);
    for (const add of commands) add(program);
  }
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  for (const command of [program, ...commands]) {
    const help = `${commandLine(command)} --help`;
    command.configureOutput({ outputError: (text, write) => write(`${usageLine(text, help)}\n`) });
  }
  return program.helpCommand("help [command]", "show the help of a command");
}

/** A command as it is typed. */
function commandLine(command: Command): string {
  return command.parent === null ? command.name() : `${commandLine(command.parent)} ${command.name()}`;
}

/** A command in the list of the help with its arguments; that it has options goes without saying. */
function subcommandTerm(command: Command): string {
  return new Help().subcommandTerm(command).replace(" [options]", "");
}
