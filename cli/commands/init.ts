import { join } from "node:path";
import { Option } from "commander";
import type { Command } from "commander";
import { CI_SERVICES } from "../init/ciServices";
import type { CiService } from "../init/ciServices";
import { withExamples } from "../terminal/examples";

interface InitFlags {
  readonly model?: string;
  readonly name?: string;
  readonly ci?: CiService;
}

/** As the command lies in the package, compiled. */
const TEMPLATES = join(__dirname, "..", "..", "..", "templates");

export function addInitCommand(program: Command): void {
  const command = program
    .command("init")
    .summary("create a project for an MLflow model")
    .description("Create a Pulumi project for an MLflow model, for the local Azure and for Azure.")
    .argument("[folder]", "folder of the new project", ".")
    .option("--model <folder>", "folder that MLflow saved the model in; it is copied into the project")
    .option("--name <name>", "name of the project and of the model (default: the folder's name)")
    .addOption(new Option("--ci <service>", "add files for continuous integration").choices(CI_SERVICES))
    .action(async (folder: string, { model, name, ci }: InitFlags) => {
      const { init } = require("../init/init") as typeof import("../init/init");
      console.log(await init({ folder, model, name, ci, templates: TEMPLATES }));
    });
  withExamples(command, [
    ["mlflow-rollout init heart --model ./my-model", "a project in the new folder heart, with a copy of the model"],
    ["mlflow-rollout init --model ../my-model --ci github", "in this folder, with workflows for GitHub Actions"],
  ]);
}
