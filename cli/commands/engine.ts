import type { Command } from "commander";
import { loadLocalPackage } from "../local/localPackage";
import { pluginsOption, withPlugins } from "../local/pluginsOption";
import type { Plugins } from "../local/pluginsOption";
import { withExamples } from "../terminal/examples";

interface EngineFlags {
  readonly plugins: Plugins;
  readonly json?: true;
  readonly quiet?: true;
}

export function addEngineCommand(program: Command): void {
  const command = program
    .command("engine")
    .summary("find the Pulumi engine, or fetch it once")
    .description("Find the Pulumi engine, or download or build it once, and print where it is.")
    .addOption(pluginsOption())
    .option("--json", "print one line of JSON")
    .option("--quiet", "print only what is being downloaded or built")
    .action(async ({ plugins: kind, json, quiet }: EngineFlags) => {
      const { prepareEngine } = await loadLocalPackage();
      const report = (line: string): void => void process.stderr.write(`${line}\n`);
      const { cli, plugins, env } = await prepareEngine(report, withPlugins(kind));
      if (json === true) console.log(JSON.stringify({ cli: cli.path, origin: cli.origin, plugins, env }));
      else if (quiet !== true) console.log(`engine: ${cli.path} (${cli.origin}), ${plugins} provider plugins`);
    });
  withExamples(command, [
    ["mlflow-rollout engine", "once, before the first rehearsal on a machine"],
    ["mlflow-rollout engine --plugins real", "with Pulumi's own plugins, which reach Azure"],
  ]);
}
