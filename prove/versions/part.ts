import { join } from "node:path";
import type { Part, PartContext, PartResult } from "../part";
import { Rows } from "../rows";
import { cliOf } from "./cli";
import { compileErrors, unitTestFailures } from "./compile";
import { installProject, packPackage } from "./install";
import { writeProgram } from "./program";
import { rolloutFailures } from "./rollout";
import { CLIS, PACKAGES } from "./versions";
import type { CliName } from "./versions";

/** One thing that was tried, such as a rollout with the floor of all. */
interface VersionRow {
  readonly name: string;
  /** The package that was tested. */
  readonly packed: string;
  readonly failures: readonly string[];
}

export const versions: Part = {
  name: "versions",
  shows:
    "the oldest and the newest Pulumi CLI, SDK, azure-native and random: types, unit tests, a rollout; an older CLI is refused",
  run: runVersions,
};

async function runVersions({ folder, report }: PartContext): Promise<PartResult> {
  const packed = await packPackage(folder);
  const rows = new Rows<VersionRow>(join(folder, "rows.jsonl"), (row) => `${row.name} ${row.packed}`);
  const skipped: string[] = [];
  const done: VersionRow[] = [];
  const attempt = async (name: string, work: () => Promise<readonly string[]>): Promise<void> => {
    const known = rows.find(`${name} ${packed}`);
    const row = known?.failures.length === 0 ? known : { name, packed, failures: await failuresOf(work) };
    if (row !== known) rows.add(row);
    report(`${row.failures.length === 0 ? "holds" : "FAILS"}: ${name}`);
    done.push(row);
  };
  const clis = await findClis(report, skipped);
  for (const [name, packages] of Object.entries(PACKAGES)) {
    const project = join(folder, name);
    await attempt(`${name} packages: installed`, async () => {
      await installProject(project, packed, packages);
      return [];
    });
    await attempt(`${name} packages: the sources compile`, () => compileErrors(project));
    await attempt(`${name} packages: a unit test of a program`, () => unitTestFailures(project));
    writeProgram(project);
    for (const cli of ["floor", "newest"] as const) {
      const path = clis.get(cli);
      if (path === undefined) continue;
      const old = clis.get("tooOld");
      const tooOld = old === undefined ? undefined : { path: old, version: CLIS.tooOld };
      await attempt(`${name} packages: a rollout with CLI ${CLIS[cli]}`, () =>
        rolloutFailures(project, { path, tooOld }),
      );
    }
  }
  for (const reason of skipped) report(`skipped: ${reason}`);
  const failures = done.flatMap(({ name, failures: found }) => found.map((failure) => `${name}: ${failure}`));
  const held = done.filter((row) => row.failures.length === 0).length;
  return { figures: { versions: done.length, versionsHeld: held, versionsSkipped: skipped.length }, failures };
}

/** The CLIs that can be had; those that cannot are named in `skipped`. */
async function findClis(report: (line: string) => void, skipped: string[]): Promise<ReadonlyMap<CliName, string>> {
  const found = new Map<CliName, string>();
  for (const [name, version] of Object.entries(CLIS) as [CliName, string][]) {
    const cli = await cliOf(version, report);
    if ("path" in cli) found.set(name, cli.path);
    else skipped.push(`all with the Pulumi CLI ${version}: ${cli.missing}`);
  }
  return found;
}

async function failuresOf(work: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await work();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
