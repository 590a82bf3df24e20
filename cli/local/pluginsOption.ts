import { Option } from "commander";

/** Which provider plugins the engine is set up with. */
export type Plugins = "stand-in" | "real";

/** `--plugins`, which the commands have that set an engine up. */
export function pluginsOption(): Option {
  return new Option("--plugins <kind>", "Pulumi's own provider plugins, or stand-ins that reach only a local Azure")
    .choices(["stand-in", "real"])
    .env("LOCAL_PULUMI_PLUGINS")
    .default("stand-in");
}

/** The environment that the engine is looked for in. */
export function withPlugins(plugins: Plugins): NodeJS.ProcessEnv {
  return { ...process.env, LOCAL_PULUMI_PLUGINS: plugins };
}
