import { mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findEngine } from "azure-mlflow-rollout-local";
import { ENGINE_MEMORY } from "./engineMemory";
import { ROOT } from "./paths";

/**
 * Creates a temporary project folder with the package installed and a backend, a home and an environment of its own.
 *
 * @param prefix - of the folder's name
 */
export async function makeProjectFolder(
  prefix: string,
  azureEnv: Readonly<Record<string, string>>,
): Promise<{ readonly folder: string; readonly env: NodeJS.ProcessEnv }> {
  const engine = await findEngine();
  if (engine === undefined) throw new Error('there is no Pulumi engine; run "npm run setup"');
  const folder = mkdtempSync(join(tmpdir(), prefix));
  for (const path of ["state", "home", "node_modules"]) mkdirSync(join(folder, path));
  symlinkSync(join(engine.home, "plugins"), join(folder, "home", "plugins"), "junction");
  symlinkSync(ROOT, join(folder, "node_modules", "azure-mlflow-rollout"), "junction");
  for (const name of ["@pulumi", "tsx"])
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name), "junction");
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
  return { folder, env };
}
