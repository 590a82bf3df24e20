import { dirname, delimiter, join } from "node:path";
import { cacheFolder } from "./cache";
import { ensureCli, findCli } from "./cli";
import type { Cli } from "./cli";
import type { Report } from "./report";
import { findExecutable } from "./command";
import { installProviders, realProvidersInstalled, wantedProviders } from "./providers";
import type { Providers } from "./providers";

const PLUGINS = join(__dirname, "..", "..", "plugins");

/** A Pulumi engine that can run the component: the CLI, the provider plugins and a Node language host. */
export interface Engine {
  readonly cli: Cli;
  readonly providers: Providers;
  /** The variables to run it with, `PATH` among them. */
  readonly env: Readonly<Record<string, string>>;
}

/** The engine that is there already, or undefined; nothing is downloaded or built. */
export async function findEngine(env: NodeJS.ProcessEnv = process.env): Promise<Engine | undefined> {
  const cli = await findCli(env);
  if (cli === undefined) return undefined;
  const home = pulumiHome(env);
  const real = wantedProviders(env) !== "stand-in" && (await realProvidersInstalled(cli, home, env));
  return engine(cli, real ? "real" : "stand-in", env);
}

/**
 * The engine, with what is missing fetched or built first.
 *
 * @param report - takes one line for each thing that is done
 * @throws Error that says what to install
 */
export async function prepareEngine(report: Report, env: NodeJS.ProcessEnv = process.env): Promise<Engine> {
  const cli = await ensureCli(report, env);
  const wanted = wantedProviders(env);
  const real = wanted !== "stand-in" && (await installProviders(cli, pulumiHome(env), report, env));
  if (wanted === "real" && !real) {
    throw new Error("MLFLOW_ROLLOUT_PROVIDERS is real, but the plugins azure-native and random could not be installed");
  }
  return engine(cli, real ? "real" : "stand-in", env);
}

/** A home of its own, so that nothing of the user's Pulumi login and plugins is touched. */
function pulumiHome(env: NodeJS.ProcessEnv): string {
  return env["PULUMI_HOME"] ?? join(cacheFolder(env), "pulumi");
}

function engine(cli: Cli, providers: Providers, env: NodeJS.ProcessEnv): Engine {
  const cliFolder = dirname(cli.path);
  const path = env["PATH"] ?? "";
  const hasLanguageHost = findExecutable("pulumi-language-nodejs", `${cliFolder}${delimiter}${path}`) !== undefined;
  const folders = [
    ...(providers === "stand-in" ? [join(PLUGINS, "providers")] : []),
    ...(hasLanguageHost ? [] : [join(PLUGINS, "language")]),
    cliFolder,
  ];
  const added = folders.filter((folder) => !path.split(delimiter).includes(folder));
  return {
    cli,
    providers,
    env: {
      PATH: [...added, path].join(delimiter),
      PULUMI_HOME: pulumiHome(env),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    },
  };
}
