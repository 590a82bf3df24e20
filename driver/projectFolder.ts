import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findEngine } from "azure-mlflow-rollout-local";
import { AttachedPlugins } from "./attachedPlugins";
import { ENGINE_MEMORY } from "./engineMemory";
import { ROOT } from "./paths";
import { SECRETS_PROVIDER, serveSecretsKeeper } from "./secretsKeeper";

const TSCONFIG = "tsconfig.pulumi.json";

/** The runtime of a program in TypeScript in such a folder: types are only taken off, as in the examples. */
export const TYPESCRIPT_RUNTIME = { name: "nodejs", options: { tsconfig: TSCONFIG } } as const;

interface ProjectFolder {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Flags of `pulumi stack init`. */
  readonly initFlags: readonly string[];
  readonly close: () => void;
}

/**
 * Creates a temporary project folder with the package installed and a backend, a home and an environment of its own.
 *
 * @param prefix - of the folder's name
 * @param attached - whether the plugins and the programs of its commands, and what keeps its secrets, are in this process, which
 *   takes a quarter of the time; not where commands are interrupted or killed
 */
export async function makeProjectFolder(
  prefix: string,
  azureEnv: Readonly<Record<string, string>>,
  attached = false,
): Promise<ProjectFolder> {
  const engine = await findEngine();
  if (engine === undefined) throw new Error('there is no Pulumi engine; run "npm run setup"');
  const folder = mkdtempSync(join(tmpdir(), prefix));
  for (const path of ["state", "home", "node_modules"]) mkdirSync(join(folder, path));
  symlinkSync(join(engine.home, "plugins"), join(folder, "home", "plugins"), "junction");
  symlinkSync(ROOT, join(folder, "node_modules", "azure-mlflow-rollout"), "junction");
  symlinkSync(join(ROOT, "node_modules", "@pulumi"), join(folder, "node_modules", "@pulumi"), "junction");
  cpSync(join(ROOT, "examples", TSCONFIG), join(folder, TSCONFIG));
  const env = {
    ...process.env,
    ...azureEnv,
    ...engine.env,
    ...ENGINE_MEMORY,
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "rehearsal",
    // Copies of states are kept there.
    PULUMI_HOME: join(folder, "home"),
  };
  const plugins = attached ? await AttachedPlugins.serve(env, engine.plugins) : undefined;
  return {
    folder,
    env: { ...env, ...plugins?.env, ...(attached && (await serveSecretsKeeper())) },
    initFlags: attached ? ["--secrets-provider", SECRETS_PROVIDER] : [],
    close: () => {
      plugins?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
