import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { brokenModel } from "./brokenModel";
import { stoppable } from "./cloud";
import type { Cloud } from "./cloud";
import { Group, deleteCommand } from "./group";
import { PROJECT, PulumiProject } from "./pulumi";
import type { Redactor } from "./redact";
import type { Report } from "./report";
import type { ReportFile } from "./reportFile";
import { ObservedEndpoint } from "./observedEndpoint";
import { askSemantics, differenceOf } from "./semantics";
import { DESTROY, walkSteps } from "./steps";
import { Walk } from "./walk";
import type { PrintLine } from "./walk";
import { MODELS } from "../driver/paths";

export interface AcceptanceOptions {
  readonly cloud: Cloud;
  /** Name of the resource group, which must not exist yet. */
  readonly group: string;
  readonly location: string;
  readonly instanceType: string;
  /** Variables for the Pulumi CLI, `PATH` among them. */
  readonly engineEnv: Readonly<Record<string, string>>;
  readonly file: ReportFile;
  readonly redactor: Redactor;
  readonly tell: PrintLine;
  /** Stops everything except the clean-up. */
  readonly signal: AbortSignal;
}

/**
 * Walks through a rollout in its own resource group, checks the semantics there, and always deletes the group.
 *
 * @throws Error when the group already exists; nothing is done then
 */
export async function runAcceptance(order: AcceptanceOptions): Promise<Report> {
  const { cloud, file, signal } = order;
  const group = new Group(cloud, order.group);
  await group.refuseExisting();
  try {
    await group.create(order.location);
    const goesOn = await walk(order, group);
    const found = file.report.differences.length > 0;
    file.add({ outcome: goesOn ? (found ? "differences" : "no differences") : "failed" });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    file.add(signal.aborted ? { outcome: "interrupted" } : { outcome: "failed", error: reason });
  } finally {
    await cleanUp(order, group);
  }
  return file.report;
}

/** @returns whether all steps could be taken */
async function walk(order: AcceptanceOptions, group: Group): Promise<boolean> {
  const { signal, location, instanceType, file, redactor, tell } = order;
  const cloud = stoppable(order.cloud, signal);
  const folder = mkdtempSync(join(tmpdir(), "acceptance-"));
  const project = new PulumiProject(folder, { ...order.engineEnv, ...cloud.env }, signal);
  let opened: ObservedEndpoint | undefined;
  const scene = async (): Promise<ObservedEndpoint> => {
    if (opened !== undefined) return opened;
    const outputs = await project.outputs();
    redactor.hide("key", outputs["primaryKey"]);
    return (opened = new ObservedEndpoint(cloud, outputs));
  };
  try {
    await project.open();
    const [blue, green] = ["blue", "green"].map((name) => relative(PROJECT, join(MODELS, name))) as [string, string];
    const models = [blue, green, brokenModel(folder)] as const;
    const steps = walkSteps({ resourceGroup: group.name, location, instanceType, models });
    const taken = new Walk(project, scene, file, tell);
    let goesOn = true;
    for (const step of steps) goesOn = goesOn && (await taken.take(step));
    await opened?.pause();
    await ask(order, cloud, project);
    if (goesOn) goesOn = await taken.take(DESTROY);
    if (goesOn) file.add({ cleanUp: { ...file.report.cleanUp, leftByDestroy: await group.contents() } });
    return goesOn;
  } finally {
    await opened?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Checks the semantics in the workspace, if the walk got that far. */
async function ask(
  { instanceType, file, tell, ...order }: AcceptanceOptions,
  cloud: Cloud,
  project: PulumiProject,
): Promise<void> {
  const { workspaceId } = await project.outputs();
  if (workspaceId === undefined) return;
  tell("\nthe semantics of docs/parity.md");
  await cloud.steadily(async () => {
    // Names of endpoints are unique in a region.
    const name = `conformance-${order.group.split("-").at(-1) ?? ""}`;
    for await (const result of askSemantics(cloud, { workspace: workspaceId, instanceType, name })) {
      const { semantics, differences } = file.report;
      const found = differenceOf(result);
      for (const { id, seen } of found) tell(`   DIFFERS ${id}: ${seen}`);
      const asClaimed = semantics.asClaimed + (found.length === 0 ? 1 : 0);
      file.add({ semantics: { asked: semantics.asked + 1, asClaimed }, differences: [...differences, ...found] });
    }
  });
  const { asked, asClaimed } = file.report.semantics;
  tell(`   ${asked} asked, ${asClaimed} answered as it says`);
}

async function cleanUp({ file, tell }: AcceptanceOptions, group: Group): Promise<void> {
  tell(`\ndeleting resource group ${group.name}`);
  try {
    await group.delete();
    file.add({ cleanUp: { ...file.report.cleanUp, group: "deleted" } });
    tell("   deleted");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    file.add({ cleanUp: { ...file.report.cleanUp, group: "left behind", error: reason } });
    tell(`   LEFT BEHIND: ${reason}\n   delete it: ${deleteCommand(group.name)}`);
  }
}
