import nodeModule from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

/** Node 22.8 and later have it. */
interface CompilingNode {
  readonly enableCompileCache?: (folder: string) => unknown;
}

/**
 * Lets Node keep what it has compiled, for this process and for those that it starts: Pulumi then loads the program faster in
 * the update than in its preview. Earlier versions of Node cannot; `NODE_DISABLE_COMPILE_CACHE` turns it off, as everywhere.
 *
 * @param node - Node's module `module`
 */
export function keepCompiled(
  env: NodeJS.ProcessEnv = process.env,
  { enableCompileCache }: CompilingNode = nodeModule as CompilingNode,
): void {
  if (enableCompileCache === undefined || env["NODE_DISABLE_COMPILE_CACHE"] !== undefined) return;
  const folder = env["NODE_COMPILE_CACHE"] ?? ownFolder(env);
  if (folder === undefined) return;
  env["NODE_COMPILE_CACHE"] = folder;
  enableCompileCache(folder);
}

/** Undefined for an account without a home, as some containers have it. */
function ownFolder(env: NodeJS.ProcessEnv): string | undefined {
  try {
    return join(env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "azure-mlflow-rollout", "compiled");
  } catch {
    return undefined;
  }
}
