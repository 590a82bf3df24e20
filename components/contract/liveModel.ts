import { NO_FILES } from "./contractFacts";
import type { KnownContract } from "./contractFacts";
import { isSameName } from "../values/sameName";

/** What is known about a version of `model.versions`. */
export interface DeclaredVersion extends KnownContract {
  /** Its id, if it is registered elsewhere; empty while that is unknown. */
  readonly id?: string;
}

/** The declared model and what is known about its versions. */
export interface DeclaredModel {
  readonly name: string;
  readonly versions: Readonly<Record<string, DeclaredVersion>>;
}

/** The workspace of an endpoint. */
export interface Workspace {
  readonly resourceGroupName: string;
  readonly workspaceName: string;
}

/** A registered version, as an id names it. */
export interface ModelRef {
  readonly name: string;
  readonly version: string;
  /** Where it is registered: `registry shared`, `workspace ws-2 in rg-2`; empty for the workspace of the endpoint. */
  readonly place: string;
}

const SHORT = /^azureml:([^/:@]+):([^/:@]+)$/i;
const PLACED = /\/(registries|workspaces)\/([^/]+)\/models\/([^/]+)\/versions\/([^/]+)$/i;
const GROUP = /\/resourceGroups\/([^/]+)\//i;

/**
 * The contract of the model that a deployment runs. The live model counts, not the declared one: the program may no
 * longer declare it, or somebody may have changed it since.
 *
 * @param modelId - as Azure has it; undefined when the deployment has none
 */
export function liveContract(
  deployment: string,
  modelId: string | undefined,
  { name, versions }: DeclaredModel,
  workspace: Workspace,
): KnownContract {
  if (modelId === undefined || modelId === "") return unknown(`deployment ${deployment} has no model`);
  const live = refOf(modelId, workspace);
  const matches = ([version, { id }]: [string, DeclaredVersion]): boolean => {
    const declared = id === undefined ? { name, version, place: "" } : id === "" ? undefined : refOf(id, workspace);
    return live !== undefined && declared !== undefined && isSame(live, declared);
  };
  const found = Object.entries(versions).find(matches);
  if (found !== undefined) return found[1];
  const isOpen = Object.values(versions).some(({ id }) => id === "");
  const shown = live === undefined ? modelId : describeRef(live);
  const why = isOpen ? `and ${NO_FILES}` : "which is not among model.versions";
  return unknown(`the live model of ${deployment} is ${shown}, ${why}`);
}

/** Azure returns ids in any case, and compares names ignoring case. */
function isSame(one: ModelRef, other: ModelRef): boolean {
  const [a, b] = [one, other].map(({ name, version, place }) => `${place}/${name}/${version}`.toLowerCase());
  return a === b;
}

/** Undefined when it is not the id of a version. */
export function refOf(id: string, workspace: Workspace): ModelRef | undefined {
  const [, shortName, shortVersion] = SHORT.exec(id) ?? [];
  if (shortName !== undefined && shortVersion !== undefined)
    return { name: shortName, version: shortVersion, place: "" };
  const [, kind = "", holder = "", name, version] = PLACED.exec(id) ?? [];
  if (name === undefined || version === undefined) return undefined;
  return { name, version, place: placeOf(kind, holder, GROUP.exec(id)?.[1], workspace) };
}

/** A registry's name is unique in all of Azure, a workspace's in its group. */
function placeOf(kind: string, holder: string, group: string | undefined, own: Workspace): string {
  if (kind.toLowerCase() === "registries") return `registry ${holder}`;
  // An asset id names the workspace by its GUID: a deployment cannot run a model of another workspace.
  if (group === undefined) return "";
  const [here, there] = [`${own.workspaceName} in ${own.resourceGroupName}`, `${holder} in ${group}`];
  return isSameName(here, there) ? "" : `workspace ${there}`;
}

/** `heart:2`, or `heart:2 of registry shared` */
export function describeRef({ name, version, place }: ModelRef): string {
  return place === "" ? `${name}:${version}` : `${name}:${version} of ${place}`;
}

function unknown(reason: string): KnownContract {
  return { contract: undefined, unknown: reason };
}
