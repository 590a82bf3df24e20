import { dirname } from "node:path";
import { require as requireTypeScript } from "tsx/cjs/api";

/** A program as it is, loaded afresh, since it runs once for each operation; in its folder, as the engine runs it. */
export async function runProgram(path: string): Promise<Record<string, unknown>> {
  process.chdir(dirname(path));
  return requireTypeScript(`${path}?run=${performance.now()}`, __filename) as Record<string, unknown>;
}
