import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isCollection, isMap, isScalar, parseDocument } from "yaml";
import type { Document } from "yaml";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";

/** A change of stack config: a value set or, without one, removed. */
export interface ConfigEdit {
  /** The key without a namespace, and below it the keys of maps. */
  readonly path: readonly [string, ...string[]];
  readonly value?: unknown;
}

/** The file of a stack's config, as it was when it was read. Comments and the order of keys survive an edit. */
export class StackFile {
  private constructor(
    readonly file: string,
    /** Undefined while there is no file. */
    readonly text: string | undefined,
    /** Keys without a namespace are the project's. */
    private readonly project: string,
  ) {}

  /**
   * @param cwd - folder of the project
   * @param project - its name
   * @param stack - name of the stack, with or without its organization
   */
  static read(cwd: string, project: string, stack: string): StackFile {
    const file = join(configFolder(cwd), `Pulumi.${stack.split("/").at(-1)}.yaml`);
    return new StackFile(file, readText(file), project);
  }

  /** The same file as it would be with another text. */
  withText(text: string): StackFile {
    return new StackFile(this.file, text, this.project);
  }

  /** All keys of the config, with their namespaces. */
  keys(): readonly string[] {
    const { config } = (this.parse().toJS() as { config?: object } | null) ?? {};
    return Object.keys(config ?? {}).map((key) => (key.includes(":") ? key : `${this.project}:${key}`));
  }

  /** The text of config keys of one namespace as Pulumi gives it to a program: maps and lists as JSON. */
  config(namespace: string): Readonly<Record<string, string>> {
    const values = (this.parse().toJS() as { config?: unknown } | null)?.config;
    const entries = Object.entries((values ?? {}) as Record<string, unknown>);
    return Object.fromEntries(
      entries
        .map(([key, value]) => [key.includes(":") ? key : `${this.project}:${key}`, value] as const)
        .filter(([key, value]) => key.startsWith(`${namespace}:`) && value !== null && !isSecret(value))
        .map(([key, value]) => [key.slice(namespace.length + 1), textOf(value)]),
    );
  }

  /** The text of the file after some edits. @throws Failure when the file is not a map of config */
  edited(namespace: string, edits: readonly ConfigEdit[]): string {
    const document = this.parse();
    for (const { path, value } of edits) {
      const [key, ...inner] = path;
      const isBare = namespace === this.project && document.hasIn(["config", key]);
      const whole = ["config", isBare ? key : `${namespace}:${key}`, ...inner];
      if (value === undefined) remove(document, whole);
      else document.setIn(presentPath(document, whole), typeof value === "object" ? document.createNode(value) : value);
    }
    return document.toString({ lineWidth: 0, ...this.style() });
  }

  /**
   * Writes a text in place of what was read.
   *
   * @throws Failure when somebody has changed the file since
   */
  write(text: string): void {
    this.requireUnchanged();
    replace(this.file, text);
  }

  /**
   * Puts back what was read, to the letter, in place of a text that was written.
   *
   * @returns whether it could: not when somebody has changed the file since
   */
  restore(written: string): boolean {
    if (readText(this.file) !== written) return false;
    if (this.text === undefined) rmSync(this.file);
    else replace(this.file, this.text);
    return true;
  }

  /** Whether the file is as it was when it was read. */
  isUnchanged(): boolean {
    return readText(this.file) === this.text;
  }

  private requireUnchanged(): void {
    if (this.isUnchanged()) return;
    throw new Failure(
      `${this.file} was changed by somebody else just now; nothing was written, run this again`,
      EXIT.conflict,
    );
  }

  private parse(): Document {
    const document = parseDocument(this.text ?? "");
    const [error] = document.errors;
    // The rest of the message quotes the file, which may hold what nobody should see.
    const [why = ""] = (error?.message ?? "").split(":\n");
    if (error !== undefined) throw new Failure(`${this.file} is not valid YAML: ${why}`, EXIT.refused);
    if (document.contents !== null && !isMap(document.contents))
      throw new Failure(`${this.file} must be a map with the key config`, EXIT.refused);
    return document;
  }

  /** How the file is indented, so that an edit leaves other lines as they are. */
  private style(): { indent?: number; indentSeq?: boolean } {
    const text = this.text ?? "";
    const indent = /^( +)\S/m.exec(text)?.[1]?.length;
    const isFlat = /^( *)[^\s#-][^\n]*:\s*\n\1- /m.test(text);
    return { ...(indent !== undefined && { indent }), ...(isFlat && { indentSeq: false }) };
  }
}

/** Where the files of stacks are. */
export function configFolder(cwd: string): string {
  const project = ["Pulumi.yaml", "Pulumi.yml"].map((name) => join(cwd, name)).find((file) => existsSync(file));
  if (project === undefined) return cwd;
  const folder = (parseDocument(readFileSync(project, "utf8")).toJS() as { stackConfigDir?: unknown } | null)
    ?.stackConfigDir;
  return typeof folder === "string" ? resolve(dirname(project), folder) : cwd;
}

/** The path with keys as the file has them: a version may stand there as a number. */
function presentPath(document: Document, path: readonly string[]): unknown[] {
  return path.map((key, index) => {
    const parent = document.getIn(path.slice(0, index), true);
    if (!isMap(parent)) return key;
    const keys = parent.items.map((item) => (isScalar(item.key) ? item.key.value : item.key));
    return keys.find((present) => String(present) === key) ?? key;
  });
}

/** Removes a value, and the maps that it leaves empty. */
function remove(document: Document, path: readonly string[]): void {
  const present = presentPath(document, path);
  if (!document.hasIn(present)) return;
  document.deleteIn(present);
  for (let length = present.length - 1; length > 1; length -= 1) {
    const parent = document.getIn(present.slice(0, length), true);
    if (!isCollection(parent) || parent.items.length > 0) return;
    document.deleteIn(present.slice(0, length));
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}

function replace(file: string, text: string): void {
  const temporary = `${file}.mlflow-rollout`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
