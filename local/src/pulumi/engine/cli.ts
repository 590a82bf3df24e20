import { dirname, join } from "node:path";
import { findExecutable, isExecutable, runCommand } from "../../common/command";
import type { Report } from "../../common/command";
import { cacheFolder, withLock } from "./cache";
import { buildCli } from "./goBuild";
import { downloadCli } from "./npmPackage";

/** The version that is downloaded or built, and that the tests run with. */
const CLI_VERSION = "3.259.0";
/** The oldest whose after-hooks fail an update and whose error hooks hear every error, as programs with hooks expect. */
const MINIMUM_MINOR = 245;

/** The Pulumi CLI, which carries the engine. */
export interface Cli {
  readonly path: string;
  readonly origin: "PATH" | "npm" | "built from Go modules";
}

/** A CLI that is there already; nothing is downloaded or built. */
export async function findCli(env: NodeJS.ProcessEnv = process.env): Promise<Cli | undefined> {
  const onPath = findExecutable("pulumi", env["PATH"]);
  if (onPath !== undefined && (await isNewEnough(onPath))) return { path: onPath, origin: "PATH" };
  const folder = engineFolder(env);
  const downloaded = npmBinary(folder);
  if (isExecutable(downloaded)) return { path: downloaded, origin: "npm" };
  const built = join(folder, "bin", "pulumi");
  return isExecutable(built) ? { path: built, origin: "built from Go modules" } : undefined;
}

/**
 * The CLI from `PATH`, from the npm package `pulumi`, or built from Go modules, whichever is first to be had.
 *
 * @throws Error that says what to install when there is none
 */
export async function ensureCli(report: Report, env: NodeJS.ProcessEnv = process.env): Promise<Cli> {
  const found = await findCli(env);
  if (found !== undefined) return found;
  const folder = engineFolder(env);
  const lock = join(dirname(folder), "lock");
  return withLock(
    lock,
    () => report("another process is preparing the Pulumi engine, waiting for it"),
    async () => {
      const meanwhile = await findCli(env);
      if (meanwhile !== undefined) return meanwhile;
      const reasons: string[] = [];
      const unavailable = await downloadCli(CLI_VERSION, folder, report);
      if (unavailable === undefined && isExecutable(npmBinary(folder)))
        return { path: npmBinary(folder), origin: "npm" };
      reasons.push(`npm package pulumi: ${unavailable ?? "it brought no program"}`);
      const target = join(folder, "bin", "pulumi");
      const failure = await buildCli(CLI_VERSION, target, report);
      if (failure === undefined) return { path: target, origin: "built from Go modules" };
      reasons.push(`build from Go modules: ${failure}`);
      throw new Error(noEngine(reasons));
    },
  );
}

/** Where the launcher of the npm package keeps the program that it downloads. */
function npmBinary(folder: string): string {
  return join(folder, "versions", CLI_VERSION, "bin", "pulumi");
}

function engineFolder(env: NodeJS.ProcessEnv): string {
  return join(cacheFolder(env), "engine", `v${CLI_VERSION}-${process.platform}-${process.arch}`);
}

async function isNewEnough(path: string): Promise<boolean> {
  const { stdout } = await runCommand(path, ["version"], {
    timeoutSeconds: 30,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  const [, major, minor] = /^v?(\d+)\.(\d+)\./.exec(stdout.trim()) ?? [];
  return major !== undefined && (Number(major) > 3 || (Number(major) === 3 && Number(minor) >= MINIMUM_MINOR));
}

function noEngine(reasons: readonly string[]): string {
  return [
    "no Pulumi engine was found, and none could be installed:",
    ...reasons.map((reason) => `  ${reason}`),
    "do one of these and try again:",
    `  - install the Pulumi CLI, 3.${MINIMUM_MINOR} or later, and have it on PATH: https://www.pulumi.com/docs/install/`,
    "  - allow downloads from get.pulumi.com, so that the npm package pulumi can fetch it",
    "  - install Go 1.26 or later, with a Go module proxy that can be reached, so that it can be built",
  ].join("\n");
}
