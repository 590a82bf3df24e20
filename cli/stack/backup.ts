import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ExportedStack } from "./exportedStack";

/**
 * Keeps a state before it is changed, in a folder of the user's own, since a state can hold what is not for everybody.
 *
 * @param stack - fully qualified name
 * @returns the file
 */
export function keepState(stack: string, state: ExportedStack): string {
  const folder = join(process.env["PULUMI_HOME"] ?? join(homedir(), ".pulumi"), "mlflow-rollout");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const file = join(folder, `${stack.replaceAll("/", ".")}.${time}.json`);
  writeFileSync(file, JSON.stringify(state, undefined, 2), { mode: 0o600, flag: "wx" });
  return file;
}
