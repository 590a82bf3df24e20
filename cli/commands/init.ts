import { join } from "node:path";
import { Option } from "commander";
import type { Command } from "commander";
import { CI_SERVICES, init } from "../init/init";
import type { CiService } from "../init/init";

interface InitFlags {
  readonly model?: string;
  readonly name?: string;
  readonly ci?: CiService;
}

/** As the command lies in the package, compiled. */
const TEMPLATES = join(__dirname, "..", "..", "..", "templates");

export function addInitCommand(program: Command): void {
  program
    .command("init")
    .description("make a project for an MLflow model in an empty folder; it runs on the local Azure and on Azure")
    .argument("[folder]", "where the project goes", ".")
    .option("--model <folder>", "folder with an MLmodel file, which is copied into the project")
    .option("--name <name>", "name of the project and of the model (default: the folder's name)")
    .addOption(new Option("--ci <service>", "write a file for continuous integration too").choices(CI_SERVICES))
    .action(async (folder: string, { model, name, ci }: InitFlags) => {
      console.log(await init({ folder, model, name, ci, templates: TEMPLATES }));
    });
}
