import { StackFile } from "../stack/stackFile";
import { Failure } from "../terminal/failure";
import type { Finding } from "./finding";
import { lintRollout } from "./lintRollout";
import { readProject } from "./project";
import type { LintedProject } from "./project";

/** What was found in the file of one stack. */
export interface LintedFile {
  readonly stack: string;
  readonly file: string;
  /** Errors first. */
  readonly findings: readonly Finding[];
}

export interface LintOptions {
  readonly cwd: string;
  readonly stack?: string;
  readonly ownKeys: readonly string[];
}

/** Checks the stack files of a project, without Pulumi's engine and without Azure. */
export function lint({ cwd, stack, ownKeys }: LintOptions): readonly LintedFile[] {
  const project = readProject(cwd, stack);
  return project.stacks.map((name) => {
    const file = StackFile.read(cwd, project.name, name);
    return { stack: name, file: file.file, findings: lintFile(project, file, ownKeys) };
  });
}

function lintFile(project: LintedProject, file: StackFile, ownKeys: readonly string[]): readonly Finding[] {
  try {
    return namespacesIn(project, file).flatMap((namespace) => {
      const config = { ...startingWith(project.defaults, `${namespace}:`), ...file.config(namespace) };
      const found = lintRollout({ ...project, config, ownKeys });
      return namespace === project.name
        ? found
        : found.map((finding) => ({ ...finding, path: `${namespace}:${finding.path}` }));
    });
  } catch (error) {
    if (error instanceof Failure) return [{ severity: "error", path: file.file, reason: error.message }];
    throw error;
  }
}

/** Those that declare deployments; the project's own where none does, since a rollout has to be somewhere. */
function namespacesIn(project: LintedProject, file: StackFile): readonly string[] {
  const keys = [...file.keys(), ...Object.keys(project.defaults)];
  const found = keys.flatMap((key) => /^(.+):(?:deployments|modelVersions)$/.exec(key)?.[1] ?? []);
  const declaring = [...new Set(found)].filter((namespace) => {
    const { deployments = "{}" } = { ...startingWith(project.defaults, `${namespace}:`), ...file.config(namespace) };
    return deployments !== "{}";
  });
  return declaring.length > 0 ? declaring.toSorted() : [project.name];
}

function startingWith(config: Readonly<Record<string, string>>, prefix: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, text]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), text]] : [])),
  );
}
