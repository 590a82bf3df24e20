import { accessSync, constants, lstatSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileProblem } from "../../components/models/folderError";
import { listFiles } from "../../components/models/listFiles";
import type { ListedFile } from "../../components/models/listFiles";
import type { InitFacts, ModelState, TargetState } from "./refusals";

/** What was typed. */
export interface InitOrder {
  readonly folder: string;
  readonly model: string | undefined;
  readonly name: string | undefined;
}

export interface Sight {
  readonly facts: InitFacts;
  /** The files of the model that a deployment needs: all but dot files and Python caches. */
  readonly modelFiles: readonly ListedFile[];
}

/** What a folder may contain and still count as empty. */
const NOTHING: ReadonlySet<string> = new Set([".git", ".DS_Store"]);

/** Gathers the facts that decide whether a project can be created; writes nothing. */
export async function look({ folder: typed, model: typedModel, name }: InitOrder): Promise<Sight> {
  // Empty, as from an unset variable, counts as not given.
  const folder = typed === "" ? "." : typed;
  const model = typedModel === "" ? undefined : typedModel;
  const problems: string[] = [];
  const state: ModelState = model === undefined ? { kind: "absent" } : modelState(model);
  const modelFiles = model !== undefined && state.kind === "found" ? await listFiles(model, problems) : [];
  const facts = {
    folder,
    folderName: basename(resolve(folder)),
    target: targetState(folder),
    model,
    modelState: problems.length > 0 ? ({ kind: "unusable", problems } as const) : state,
    isInsideModel: model !== undefined && state.kind === "found" && isInside(folder, model),
    name,
  };
  return { facts, modelFiles };
}

function targetState(folder: string): TargetState {
  try {
    const stats = statSync(folder, { throwIfNoEntry: false });
    if (stats === undefined && lstatSync(folder, { throwIfNoEntry: false }) !== undefined)
      return { kind: "unusable", reason: "a link that leads nowhere" };
    if (stats === undefined) return absentState(folder);
    if (!stats.isDirectory()) return { kind: "file" };
    accessSync(folder, constants.W_OK);
    const names = readdirSync(folder).filter((name) => !NOTHING.has(name));
    return names.length === 0 ? { kind: "empty" } : { kind: "filled", names: names.toSorted() };
  } catch (error) {
    return { kind: "unusable", reason: reasonOf(error) };
  }
}

/** Whether it can be created, judged by its nearest existing parent folder. */
function absentState(folder: string): TargetState {
  let above = dirname(resolve(folder));
  while (statSync(above, { throwIfNoEntry: false }) === undefined) above = dirname(above);
  if (!statSync(above).isDirectory()) return { kind: "unusable", reason: REASONS.ENOTDIR };
  accessSync(above, constants.W_OK);
  return { kind: "absent" };
}

function modelState(model: string): ModelState {
  try {
    const stats = statSync(model, { throwIfNoEntry: false });
    if (stats === undefined) return { kind: "absent" };
    if (!stats.isDirectory()) return { kind: "file" };
    if (hasMlModel(model)) return { kind: "found", mlModel: readFileSync(join(model, "MLmodel"), "utf8") };
    const nested = readdirSync(model, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(model, entry.name));
    return { kind: "none", nested: nested.filter(hasMlModel) };
  } catch (error) {
    return { kind: "unusable", problems: [fileProblem(model, error)] };
  }
}

function hasMlModel(folder: string): boolean {
  return statSync(join(folder, "MLmodel"), { throwIfNoEntry: false })?.isFile() === true;
}

/** Whether the folder is the model's, or below it; links are followed. */
function isInside(folder: string, model: string): boolean {
  const way = relative(realpathSync(model), realPlace(resolve(folder)));
  return way === "" || !(way === ".." || way.startsWith(`..${sep}`) || resolve(way) === way);
}

/** The real path of the part that exists, followed by the part that does not. */
function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realPlace(above), basename(path));
  }
}

/** Why a path is not writable, by the error code of the operating system. */
const REASONS = {
  ENOTDIR: "a part of its path is a file",
  ENAMETOOLONG: "its path is too long",
  EACCES: "the user that runs this may not write there",
  EPERM: "the user that runs this may not write there",
  EROFS: "the disk is read-only",
} as const;

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code !== undefined && code in REASONS ? REASONS[code as keyof typeof REASONS] : message;
}
