import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";
import { parse } from "yaml";
import type { FileProbe } from "../../components/checks/checkModel";
import { DISK } from "../../components/models/disk";
import { isMap } from "../../components/values/shape";
import { configFolder } from "../stack/stackFile";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";

/** A Pulumi project on disk, as far as its config goes. */
export interface LintedProject {
  readonly name: string;
  /** Names of the stacks that have a file, or the one that was asked for. */
  readonly stacks: readonly string[];
  /** Text of config that the project file gives to every stack, with namespaces. */
  readonly defaults: Readonly<Record<string, string>>;
  /** Model folders as the program sees them. */
  readonly files: FileProbe;
  readonly isOutside: (path: string) => boolean;
}

/** @throws Failure when there is no project, or no file of the stack */
export function readProject(cwd: string, stack: string | undefined): LintedProject {
  const file = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(cwd, name)).find((path) => existsSync(path));
  if (file === undefined)
    throw new Failure(`there is no Pulumi.yaml in ${cwd}; run this in the project's folder, or give --cwd`, EXIT.usage);
  const settings = readSettings(file);
  const name = typeof settings["name"] === "string" ? settings["name"] : basename(cwd);
  const stacks = stacksIn(configFolder(cwd));
  const wanted = stack?.split("/").at(-1);
  if (wanted !== undefined && !stacks.includes(wanted)) {
    const there = stacks.length === 0 ? "there is none" : `there are files of ${stacks.join(", ")}`;
    throw new Failure(`there is no file Pulumi.${wanted}.yaml; ${there}`, EXIT.usage);
  }
  if (stacks.length === 0) throw new Failure(`no stack has a file Pulumi.<stack>.yaml in ${cwd}`, EXIT.usage);
  const folder = programFolder(cwd, settings["main"]);
  const inProgram = (path: string): string => resolve(folder, path);
  return {
    name,
    stacks: wanted === undefined ? stacks : [wanted],
    defaults: defaultsIn(settings["config"], name),
    files: {
      isFolder: (path) => DISK.isFolder(inProgram(path)),
      isFile: (path) => DISK.isFile(inProgram(path)),
      readText: (path) => DISK.readText(inProgram(path)),
    },
    isOutside: (path) => {
      const way = relative(cwd, inProgram(path));
      return way.startsWith("..") || isAbsolute(way);
    },
  };
}

function readSettings(file: string): Readonly<Record<string, unknown>> {
  try {
    const settings: unknown = parse(readFileSync(file, "utf8"));
    return isMap(settings) ? settings : {};
  } catch (error) {
    throw new Failure(`${file} is not valid YAML: ${(error as Error).message}`, EXIT.refused);
  }
}

function stacksIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .flatMap((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1] ?? [])
    .toSorted();
}

/** Where Pulumi runs the program: in the folder of `main`. */
function programFolder(cwd: string, main: unknown): string {
  if (typeof main !== "string") return cwd;
  const path = resolve(cwd, main);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? path : dirname(path);
}

/** Config of a project is a value, or a map with `value` or `default` in it; keys without a namespace are its own. */
function defaultsIn(config: unknown, project: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(isMap(config) ? config : {}).flatMap(([key, setting]): [string, string][] => {
      const value = isMap(setting) ? (setting["value"] ?? setting["default"]) : setting;
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return value === undefined || value === null ? [] : [[key.includes(":") ? key : `${project}:${key}`, text]];
    }),
  );
}
