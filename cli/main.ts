import { Command } from "commander";
import { addAdoptCommand } from "./commands/adopt";
import { addEngineCommand } from "./commands/engine";
import { addInitCommand } from "./commands/init";
import { addLocalCommand } from "./commands/local";
import { addRecoverCommand } from "./commands/recover";
import { oneLine } from "./terminal/text";

const { version } = require("../../package.json") as { version: string };

const program = new Command("mlflow-rollout")
  .description("Progressive rollout of MLflow models to Azure ML online endpoints")
  .version(version);
addInitCommand(program);
addLocalCommand(program);
addEngineCommand(program);
addRecoverCommand(program);
addAdoptCommand(program);

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`mlflow-rollout: ${oneLine(error)}\n`);
  process.exitCode = 1;
});
