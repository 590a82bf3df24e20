import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";
import { isMap } from "../../components/values/shape";
import { formatViolations } from "../../components/values/violation";
import { StackFile, configFolder } from "../stack/stackFile";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { missingSecrets, projectFile, readConfigValue, stackFile } from "./projectFiles";
import type { ConfigValue } from "./projectFiles";

/** The user's project, which a rehearsal reads and never writes. */
export interface UserProject {
  readonly folder: string;
  /** Where the program runs: the paths of models are relative to it. */
  readonly programFolder: string;
  readonly name: string;
  /** Text of its project file. */
  readonly text: string;
  readonly stack: string;
  readonly stackFile: string;
}

const LINK = "program";
const NAMES = ["Pulumi.yaml", "Pulumi.yml"];

/**
 * Finds the project and its stack.
 *
 * @param stack - as it was typed; the one that `PULUMI_STACK` names or the only one with a config file otherwise
 * @throws Failure when there is no such project or stack
 */
export function findProject(cwd: string, stack: string | undefined): UserProject {
  const file = NAMES.map((name) => join(cwd, name)).find((path) => existsSync(path));
  if (file === undefined)
    throw new Failure(`${cwd} has no Pulumi.yaml; run this in the project's folder, or give --cwd`, EXIT.usage);
  const text = readFileSync(file, "utf8");
  const project: unknown = parse(text, { logLevel: "error" });
  const { name, main } = isMap(project) ? project : {};
  if (typeof name !== "string") throw new Failure(`${file} names no project; it needs a line such as name: heart`);
  const folder = configFolder(cwd);
  const chosen = chosenStack(folder, stack ?? process.env["PULUMI_STACK"]);
  const programFolder = programFolderOf(resolve(cwd, typeof main === "string" ? main : "."));
  return { folder: cwd, programFolder, name, text, stack: chosen, stackFile: join(folder, `Pulumi.${chosen}.yaml`) };
}

function programFolderOf(main: string): string {
  return existsSync(main) && statSync(main).isDirectory() ? main : dirname(main);
}

function chosenStack(folder: string, stack: string | undefined): string {
  const stacks = readdirSync(folder).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
  const there = stacks.length === 0 ? "there is none" : `there are ${stacks.join(", ")}`;
  if (stack === undefined) {
    const [only, ...others] = stacks;
    if (only !== undefined && others.length === 0) return only;
    throw new Failure(`which stack to rehearse is not clear, ${there}; name one with --stack`, EXIT.usage);
  }
  const name = stack.split("/").at(-1) ?? stack;
  if (stacks.includes(name)) return name;
  throw new Failure(`${folder} has no Pulumi.${name}.yaml with config to rehearse, ${there}`, EXIT.usage);
}

/** A project of its own with the user's program in it: what is written, is written here. */
export class RehearsedProject {
  private constructor(
    private readonly root: string,
    readonly file: StackFile,
  ) {}

  /**
   * @param typed - values of `--config`, as they were typed
   * @throws Failure with every value that cannot be read and every secret that has no stand-in
   */
  static make(project: UserProject, typed: readonly string[]): RehearsedProject {
    const read = typed.map(readConfigValue);
    const values = read.filter((each): each is ConfigValue => "key" in each);
    const copy = stackFile(readFileSync(project.stackFile, "utf8"), project.stackFile);
    const violations = [
      ...read.flatMap((each) => ("reason" in each ? [each] : [])),
      ...missingSecrets(
        copy.secrets,
        values.map(({ key }) => key),
        project.name,
      ),
    ];
    if (violations.length > 0)
      throw new Failure(`the rehearsal cannot begin:\n${formatViolations(violations)}`, EXIT.usage);
    const root = mkdtempSync(join(tmpdir(), "mlflow-rollout-rehearsal-"));
    const folder = join(root, "project");
    for (const path of [folder, join(root, "state"), join(root, "azure")]) mkdirSync(path);
    writeFileSync(join(folder, "Pulumi.yaml"), projectFile(project.text, project.folder, LINK));
    symlinkSync(project.folder, join(folder, LINK), "junction");
    const modules = modulesAbove(project.folder);
    if (modules !== undefined) symlinkSync(modules, join(folder, "node_modules"), "junction");
    const stackPath = join(folder, `Pulumi.${project.stack}.yaml`);
    writeFileSync(stackPath, copy.text);
    const file = StackFile.read(folder, project.name, project.stack);
    writeFileSync(
      stackPath,
      values.reduce((text, value) => withValue(file.withText(text), project.name, value), copy.text),
    );
    return new RehearsedProject(root, StackFile.read(folder, project.name, project.stack));
  }

  get folder(): string {
    return join(this.root, "project");
  }

  get backendUrl(): string {
    return `file://${join(this.root, "state")}`;
  }

  /** A folder for the Azure CLI in which nobody is signed in. */
  get azureCliFolder(): string {
    return join(this.root, "azure");
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function withValue(file: StackFile, project: string, { key, value }: ConfigValue): string {
  const [namespace, name] = key.includes(":") ? (key.split(":", 2) as [string, string]) : [project, key];
  return file.edited(namespace, [{ path: [name], value }]);
}

/** A program finds its packages from where it really is; Pulumi looks for its own from the project's folder. */
function modulesAbove(folder: string): string | undefined {
  const modules = join(folder, "node_modules");
  if (existsSync(modules)) return modules;
  const above = dirname(folder);
  return above === resolve(folder) ? undefined : modulesAbove(above);
}
