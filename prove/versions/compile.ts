import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../local/src/common/command";
import { ROOT } from "../../driver/paths";

/**
 * Compiles the sources of the component against the packages of a project.
 *
 * @returns the errors, a line each
 */
export async function compileErrors(folder: string): Promise<readonly string[]> {
  const config = join(folder, "tsconfig.sources.json");
  const compilerOptions = {
    rootDir: "/",
    // Of the project, and not of the repository in which the sources stand.
    baseUrl: folder,
    paths: { "@pulumi/*": ["node_modules/@pulumi/*"], "@grpc/*": ["node_modules/@grpc/*"] },
    module: "commonjs",
    moduleResolution: "node10",
    typeRoots: [join(ROOT, "node_modules", "@types")],
  };
  const include = [join(ROOT, "components"), join(ROOT, "testing")];
  writeFileSync(config, JSON.stringify({ extends: join(ROOT, "tsconfig.json"), compilerOptions, include }));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { code, stdout } = await runCommand("nice", ["-n", "19", process.execPath, tsc, "-p", config]);
  return code === 0 ? [] : stdout.split("\n").filter((line) => line !== "");
}

/** Runs the unit test of the docs in a project. @returns what fails, a line each */
export async function unitTestFailures(folder: string): Promise<readonly string[]> {
  const { code, stdout } = await runCommand(process.execPath, ["--test", join(folder, "program.test.mjs")], {
    cwd: folder,
    timeoutSeconds: 300,
  });
  if (code === 0) return [];
  const said = stdout.split("\n").filter((line) => /^\s*(not ok|error:|message:)/.test(line));
  return said.length > 0 ? said.map((line) => line.trim()) : ["the unit test ended without a result"];
}
