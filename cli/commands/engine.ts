import type { Command } from "commander";
import { loadLocalPackage } from "../localPackage";

export function addEngineCommand(program: Command): void {
  program
    .command("engine")
    .description("find the Pulumi engine, or fetch or build it once, and say where it is")
    .option("--json", "print one line of JSON")
    .option("--quiet", "print only what is being fetched or built")
    .action(async ({ json, quiet }: { json?: true; quiet?: true }) => {
      const { prepareEngine } = await loadLocalPackage();
      const { cli, providers, env } = await prepareEngine((line) => process.stderr.write(`${line}\n`));
      if (json === true) console.log(JSON.stringify({ cli: cli.path, origin: cli.origin, providers, env }));
      else if (quiet !== true) console.log(`engine: ${cli.path} (${cli.origin}), ${providers} provider plugins`);
    });
}
