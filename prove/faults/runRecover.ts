import { execFile } from "node:child_process";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { FaultTestbed } from "./testbed";
import { COMMAND, ROOT } from "../../driver/paths";

const run = promisify(execFile);

/** Types `mlflow-rollout recover` in the project's folder, with the program of the testbed written there. */
export async function runRecover({ stack, declared }: FaultTestbed): Promise<void> {
  const { workspace, name } = stack.stack;
  const { workDir, envVars } = workspace;
  const settings = join(workDir, "Pulumi.yaml");
  const before = readFileSync(settings, "utf8");
  const program = JSON.stringify(join(ROOT, "prove", "faults", "program.ts"));
  writeFileSync(
    join(workDir, "index.ts"),
    `import { declareHeart } from ${program};\nexport const { endpointName } = declareHeart(${JSON.stringify(declared)});\n`,
  );
  if (!existsSync(join(workDir, "node_modules")))
    symlinkSync(join(ROOT, "node_modules"), join(workDir, "node_modules"));
  writeFileSync(settings, `${before.trimEnd()}\nmain: index.ts\n`);
  try {
    await run(process.execPath, [COMMAND, "recover", "--stack", name, "--yes"], {
      cwd: workDir,
      env: { ...process.env, ...envVars },
      maxBuffer: 2 ** 26,
    });
  } finally {
    writeFileSync(settings, before);
  }
}
