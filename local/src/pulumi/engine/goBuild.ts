import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { findExecutable, runCommand } from "../../common/command";
import type { Report } from "../../common/command";

const RECIPE = join(__dirname, "..", "..", "..", "pulumi", "engine");
const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
/** The packages that `go build -v` names in a cold build; only the progress shown depends on it. */
const PACKAGES = 1686;
const PERCENT_A_LINE = 10;

/**
 * Builds the CLI from the Go modules pinned in `pulumi/engine`; about 7 minutes on 2 cores when nothing is cached.
 *
 * @returns why it could not, or undefined
 */
export async function buildCli(version: string, target: string, report: Report): Promise<string | undefined> {
  if (findExecutable("go", process.env["PATH"]) === undefined) return "go is not on PATH";
  mkdirSync(dirname(target), { recursive: true });
  const folder = mkdtempSync(join(dirname(target), "build-"));
  try {
    cpSync(RECIPE, folder, { recursive: true });
    report(`building the Pulumi CLI ${version} from Go modules, once; about 7 minutes when nothing is cached`);
    const flags = `-s -w -X ${VERSION_VARIABLE}=v${version}`;
    const { code, errors } = await runCommand(
      "go",
      ["build", "-v", "-mod=readonly", "-ldflags", flags, "-o", "pulumi", PACKAGE],
      {
        cwd: folder,
        onLine: countPackages(report),
      },
    );
    if (code !== 0) return errors.slice(-3).join("; ");
    renameSync(join(folder, "pulumi"), target);
    report("the Pulumi CLI is built");
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countPackages(report: Report): (line: string) => void {
  let packages = 0;
  let shown = 0;
  return (line) => {
    if (line.startsWith("go: ")) return;
    packages += 1;
    const percent = Math.min(99, Math.floor((packages / PACKAGES) * 100));
    if (percent < shown + PERCENT_A_LINE) return;
    shown = percent - (percent % PERCENT_A_LINE);
    report(`  ${shown} % of the Pulumi CLI is built`);
  };
}
