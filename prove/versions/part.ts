import { basename, join } from "node:path";
import type { Part, PartContext, PartResult } from "../common/part";
import { Rows } from "../common/rows";
import { findCli } from "./cli";
import { compileErrors, unitTestFailures } from "./compile";
import { consumerFailures } from "./consumer";
import { CONSUMERS } from "./consumerKinds";
import { installProject, packPackages } from "./install";
import { NODES, findNode } from "./nodes";
import { writeProgram } from "./program";
import { rolloutFailures } from "./rollout";
import { CLIS, PACKAGES } from "./versions";
import type { CliName } from "./versions";

/** One thing that was tried, such as a rollout with the floor of all. */
interface VersionRow {
  readonly name: string;
  /** The packages that were tested. */
  readonly packed: string;
  readonly failures: readonly string[];
}

export const versions: Part = {
  name: "versions",
  shows:
    "the oldest and the newest Pulumi CLI, SDK, azure-native and random, with each Node: types, unit tests, rollouts of installed packages; an older CLI is refused",
  run: runVersions,
};

async function runVersions({ folder, report }: PartContext): Promise<PartResult> {
  const tarballs = await packPackages(folder);
  const packed = `${basename(tarballs.main)} ${basename(tarballs.local)}`;
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
  const nodes = await findNodes(folder, skipped);
  for (const [name, packages] of Object.entries(PACKAGES)) {
    const project = join(folder, name);
    await attempt(`${name} packages: installed`, async () => {
      await installProject(project, tarballs, packages);
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
    const cli = clis.get("newest") ?? clis.get("floor");
    if (cli === undefined) continue;
    for (const [node, path] of nodes) {
      for (const kind of CONSUMERS) {
        await attempt(`${name} packages: ${kind.name} with Node ${node}`, () =>
          consumerFailures(project, kind, { cli, node: path }),
        );
      }
    }
  }
  for (const reason of skipped) report(`skipped: ${reason}`);
  const failures = done.flatMap(({ name, failures: found }) => found.map((failure) => `${name}: ${failure}`));
  const held = done.filter((row) => row.failures.length === 0).length;
  return { figures: { versions: done.length, versionsHeld: held, versionsSkipped: skipped.length }, failures };
}

/** The available CLIs; the others are added to `skipped`. */
async function findClis(report: (line: string) => void, skipped: string[]): Promise<ReadonlyMap<CliName, string>> {
  const found = new Map<CliName, string>();
  for (const [name, version] of Object.entries(CLIS) as [CliName, string][]) {
    const cli = await findCli(version, report);
    if ("path" in cli) found.set(name, cli.path);
    else skipped.push(`all with the Pulumi CLI ${version}: ${cli.missing}`);
  }
  return found;
}

/** The folders of Node by release line; unavailable ones are added to `skipped`. */
async function findNodes(folder: string, skipped: string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const line of NODES) {
    const node = await findNode(line, folder);
    if ("folder" in node) found.set(line, node.folder);
    else skipped.push(`all with Node ${line}: ${node.missing}`);
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
