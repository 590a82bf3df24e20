import { Option } from "commander";

/** The provider plugins to set the engine up with. */
export type Plugins = "stand-in" | "real";

/** `--plugins`, for the commands that set up an engine. */
export function pluginsOption(): Option {
  return new Option("--plugins <kind>", "Pulumi's own provider plugins, or stand-ins that reach only a local Azure")
    .choices(["stand-in", "real"])
    .env("LOCAL_PULUMI_PLUGINS")
    .default("stand-in");
}

/** The environment in which to look for the engine. */
export function withPlugins(plugins: Plugins): NodeJS.ProcessEnv {
  return { ...process.env, LOCAL_PULUMI_PLUGINS: plugins };
}
