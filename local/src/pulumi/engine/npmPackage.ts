import { runCommand } from "../../common/command";
import type { Report } from "../../common/command";

/** Where the npm package `pulumi` and `pulumi plugin install` download from. */
const DOWNLOADS = "https://get.pulumi.com/";
const REACH_SECONDS = 5;
const DOWNLOAD_SECONDS = 600;

/** Whether Pulumi's downloads answer from here. */
export async function downloadsReachable(): Promise<boolean> {
  try {
    await fetch(DOWNLOADS, { method: "HEAD", signal: AbortSignal.timeout(REACH_SECONDS * 1000) });
    return true;
  } catch {
    return false;
  }
}

/**
 * Has the npm package `pulumi` fetch its program into a folder.
 *
 * @returns why it could not, or undefined
 */
export async function downloadCli(version: string, folder: string, report: Report): Promise<string | undefined> {
  if (!(await downloadsReachable())) return `its download from ${DOWNLOADS} cannot be reached`;
  report(`fetching the Pulumi CLI ${version} by the npm package pulumi`);
  const { code, errors } = await runCommand("npx", ["--yes", `pulumi@${version}`, "version"], {
    timeoutSeconds: DOWNLOAD_SECONDS,
    env: { ...process.env, PULUMI_HOME: folder, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return code === 0 ? undefined : (errors.at(-1) ?? "its download did not end in time");
}
