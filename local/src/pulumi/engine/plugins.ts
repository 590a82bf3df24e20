import { runCommand } from "../../common/command";
import type { Report } from "../../common/command";
import type { Cli } from "./cli";
import { downloadsReachable } from "./npmPackage";

/** Pulumi's own provider plugins, or the ones of this package that speak to the local Azure only. */
export type Plugins = "real" | "stand-in";

/** Versions of the npm packages that the component is tested with. */
export const PLUGIN_VERSIONS = { "azure-native": "3.28.0", random: "4.21.2" } as const;
const INSTALL_SECONDS = 900;

/**
 * Which plugins are asked for by `LOCAL_PULUMI_PLUGINS`; the stand-ins unless it is `real`, so the same is run on every
 * machine, whatever it can download.
 *
 * @throws Error for any other value
 */
export function wantedPlugins(env: NodeJS.ProcessEnv): Plugins {
  const wanted = env["LOCAL_PULUMI_PLUGINS"] ?? "stand-in";
  if (wanted === "real" || wanted === "stand-in") return wanted;
  throw new Error(`LOCAL_PULUMI_PLUGINS must be real or stand-in, got ${JSON.stringify(wanted)}`);
}

export async function realPluginsInstalled(cli: Cli, home: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const { stdout } = await runCommand(cli.path, ["plugin", "ls", "--json"], {
    env: { ...env, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  const installed = parsePlugins(stdout);
  return Object.entries(PLUGIN_VERSIONS).every(([name, version]) =>
    installed.some((plugin) => plugin.name === name && plugin.version === version),
  );
}

/** Installs what is missing where downloads are possible; says whether both plugins are there. */
export async function installRealPlugins(
  cli: Cli,
  home: string,
  report: Report,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  if (await realPluginsInstalled(cli, home, env)) return true;
  if (!(await downloadsReachable())) return false;
  for (const [name, version] of Object.entries(PLUGIN_VERSIONS)) {
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
