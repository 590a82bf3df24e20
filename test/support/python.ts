import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../driver/paths";

const VENV = join(ROOT, ".venv");
const isWindows = process.platform === "win32";

/** The Python that `scripts/python.mjs` makes, with the packages of the example. */
export const PYTHON = isWindows ? join(VENV, "Scripts", "python.exe") : join(VENV, "bin", "python");
/** The script writes the file when it is done. */
export const hasPython = existsSync(join(VENV, "installed.txt"));
/** Ends the name of a test that runs it. */
export const WITHOUT_PYTHON = hasPython ? "" : " (skipped: needs .venv with mlflow: run node scripts/python.mjs)";

/** Runs it to its end; gives what it prints. @throws Error with what it wrote to standard error when it fails */
export async function runPython(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(PYTHON, args, { maxBuffer: 2 ** 26 });
  return stdout;
}
