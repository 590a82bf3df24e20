import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder, withLock } from "../../local/src/pulumi/engine/cache";
import { isExecutable, runCommand } from "../../local/src/common/command";
import { downloadCli } from "../../local/src/pulumi/engine/npmPackage";

const PACKAGE = "github.com/pulumi/pulumi/pkg/v3";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
/** As in Pulumi's own go.mod, which counts only there. */
const REPLACED =
  "replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e";

/** A CLI of a version, or why it is unavailable. */
export type CliFound = { readonly path: string } | { readonly missing: string };

/** The CLI of a version from the cache, from npm, or built from Go modules, which takes minutes and is kept. */
export async function findCli(version: string, report: (line: string) => void): Promise<CliFound> {
  const folder = join(cacheFolder(), "engine", `v${version}-${process.platform}-${process.arch}`);
  const downloaded = join(folder, "versions", version, "bin", "pulumi");
  const built = join(folder, "bin", "pulumi");
  const found = [downloaded, built].find(isExecutable);
  if (found !== undefined) return { path: found };
  const waiting = (): void => report(`another process is making the Pulumi CLI ${version}, waiting for it`);
  return withLock(join(folder, "lock"), waiting, async () => {
    const unavailable = await downloadCli(version, folder, report);
    if (unavailable === undefined && isExecutable(downloaded)) return { path: downloaded };
    const failure = isExecutable(built) ? undefined : await build(version, built, report);
    return failure === undefined ? { path: built } : { missing: `${unavailable ?? "no download"}; ${failure}` };
  });
}

/** @returns why it could not, or undefined */
async function build(version: string, target: string, report: (line: string) => void): Promise<string | undefined> {
  mkdirSync(dirname(target), { recursive: true });
  const folder = mkdtempSync(join(dirname(target), "build-"));
  const go = async (...args: readonly string[]): Promise<string | undefined> => {
    // In the background: the machine is for something else meanwhile.
    const { code, errors } = await runCommand("nice", ["-n", "19", "go", ...args], { cwd: folder });
    return code === 0 ? undefined : `go ${args[0] ?? ""}: ${errors.slice(-2).join("; ")}`;
  };
  try {
    report(`building the Pulumi CLI ${version} from Go modules, once; some minutes`);
    writeFileSync(join(folder, "go.mod"), `module azure-mlflow-rollout/engine\n\ngo 1.26\n\n${REPLACED}\n`);
    const command = `${PACKAGE}/cmd/pulumi`;
    const flags = `-s -w -X ${VERSION_VARIABLE}=v${version}`;
    const failure =
      (await go("get", "-tool", `${command}@v${version}`)) ??
      (await go("build", "-mod=readonly", "-ldflags", flags, "-o", "pulumi", command));
    if (failure === undefined) renameSync(join(folder, "pulumi"), target);
    return failure;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
