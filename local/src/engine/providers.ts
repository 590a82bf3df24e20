import type { Cli } from "./cli";
import type { Report } from "./report";
import { runCommand } from "./command";
import { downloadsReachable } from "./npmPackage";

/** Pulumi's own provider plugins, or the ones of this package that speak to the local Azure only. */
export type Providers = "real" | "stand-in";

/** Versions of the npm packages that the component is tested with. */
const PLUGINS = { "azure-native": "3.28.0", random: "4.21.2" } as const;
const INSTALL_SECONDS = 900;

/**
 * Which plugins are asked for by `MLFLOW_ROLLOUT_PROVIDERS`: `real`, `stand-in`, or the real ones where they can be had.
 *
 * @throws Error for any other value
 */
export function wantedProviders(env: NodeJS.ProcessEnv): Providers | undefined {
  const wanted = env["MLFLOW_ROLLOUT_PROVIDERS"];
  if (wanted === undefined || wanted === "real" || wanted === "stand-in") {
    // Go programs on macOS trust the keychain only, so the real plugin cannot be told to trust the local certificate.
    return wanted ?? (process.platform === "darwin" ? "stand-in" : undefined);
  }
  throw new Error(`MLFLOW_ROLLOUT_PROVIDERS must be real or stand-in, got ${JSON.stringify(wanted)}`);
}

export async function realProvidersInstalled(cli: Cli, home: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const { stdout } = await runCommand(cli.path, ["plugin", "ls", "--json"], {
    env: { ...env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  const installed = parsePlugins(stdout);
  return Object.entries(PLUGINS).every(([name, version]) =>
    installed.some((plugin) => plugin.name === name && plugin.version === version),
  );
}

/** Installs what is missing where downloads are possible; says whether both plugins are there. */
export async function installProviders(
  cli: Cli,
  home: string,
  report: Report,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  if (await realProvidersInstalled(cli, home, env)) return true;
  if (!(await downloadsReachable())) return false;
  for (const [name, version] of Object.entries(PLUGINS)) {
    report(`installing the Pulumi plugin ${name} ${version}`);
    const { code } = await runCommand(cli.path, ["plugin", "install", "resource", name, version], {
      env: { ...env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeoutSeconds: INSTALL_SECONDS,
    });
    if (code !== 0) return false;
  }
  return true;
}

function parsePlugins(json: string): { name: string; version?: string }[] {
  try {
    return JSON.parse(json) as { name: string; version?: string }[];
  } catch {
    return [];
  }
}
