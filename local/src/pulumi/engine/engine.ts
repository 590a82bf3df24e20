import { createHash } from "node:crypto";
import { delimiter, dirname, join } from "node:path";
import { findExecutable } from "../../common/command";
import type { Report } from "../../common/command";
import { cacheFolder } from "./cache";
import { ensureCli, findCli } from "./cli";
import type { Cli } from "./cli";
import { installRealPlugins, realPluginsInstalled, wantedPlugins } from "./plugins";
import type { Plugins } from "./plugins";
import { STAND_INS, installLanguageHost, installStandIns } from "./standIns";

/** A Pulumi engine that can run the component: the CLI, the provider plugins and a Node language host. */
export interface Engine {
  readonly cli: Cli;
  readonly plugins: Plugins;
  /** Its `PULUMI_HOME`, with the plugins in `plugins`. */
  readonly home: string;
  /** The variables to run it with, `PATH` among them. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The engine that is there already, or undefined; nothing is downloaded or built.
 *
 * @param project - folder of the project that it is to run
 * @throws Error when the real plugins are asked for and not installed
 */
export async function findEngine(
  env: NodeJS.ProcessEnv = process.env,
  project: string = process.cwd(),
): Promise<Engine | undefined> {
  const plugins = wantedPlugins(env);
  const cli = await findCli(env);
  if (cli === undefined) return undefined;
  if (plugins === "real" && !(await realPluginsInstalled(cli, realHome(env), env)))
    throw new Error(
      'the real plugins azure-native and random are asked for and not installed; run "npx mlflow-rollout engine --plugins real"',
    );
  return engine(cli, plugins, env, project);
}

/**
 * The engine, with what is missing fetched or built first.
 *
 * @param report - takes one line for each thing that is done
 * @throws Error that says what to install
 */
export async function prepareEngine(
  report: Report,
  env: NodeJS.ProcessEnv = process.env,
  project: string = process.cwd(),
): Promise<Engine> {
  const plugins = wantedPlugins(env);
  const cli = await ensureCli(report, env);
  if (plugins === "real" && !(await installRealPlugins(cli, realHome(env), report, env)))
    throw new Error(
      "the real plugins azure-native and random are asked for and could not be installed; Pulumi's downloads have to be reachable",
    );
  return engine(cli, plugins, env, project);
}

/** A home of its own unless the user has named one, so nothing of the user's Pulumi login and plugins is touched. */
function realHome(env: NodeJS.ProcessEnv): string {
  return env["PULUMI_HOME"] ?? join(cacheFolder(env), "pulumi");
}

/** One for each place that this package is installed in, and never the user's: real plugins may lie there. */
function standInHome(env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), "stand-ins", createHash("sha256").update(STAND_INS).digest("hex").slice(0, 12));
}

function engine(cli: Cli, plugins: Plugins, env: NodeJS.ProcessEnv, project: string): Engine {
  const home = plugins === "real" ? realHome(env) : standInHome(env);
  if (plugins === "stand-in") installStandIns(home, project);
  const cliFolder = dirname(cli.path);
  const path = env["PATH"] ?? "";
  const hasLanguageHost = findExecutable("pulumi-language-nodejs", `${cliFolder}${delimiter}${path}`) !== undefined;
  if (!hasLanguageHost) installLanguageHost(home);
  return {
    cli,
    plugins,
    home,
    env: {
      PATH: path.split(delimiter).includes(cliFolder) ? path : `${cliFolder}${delimiter}${path}`,
      PULUMI_HOME: home,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ...(plugins === "stand-in" && { LOCAL_PULUMI_POLLING: "fast" }),
    },
  };
}
