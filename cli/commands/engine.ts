import type { Command } from "commander";
import { loadLocalPackage } from "../local/localPackage";
import { pluginsOption, withPlugins } from "../local/pluginsOption";
import type { Plugins } from "../local/pluginsOption";

interface EngineFlags {
  readonly plugins: Plugins;
  readonly json?: true;
  readonly quiet?: true;
}

export function addEngineCommand(program: Command): void {
  program
    .command("engine")
    .description("find the Pulumi engine, or download or build it once, and print where it is")
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
}
