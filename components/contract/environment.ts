import { parse } from "yaml";
import { isMap } from "../rollout/shape";

/** A package that a conda file asks for. */
export interface Requirement {
  /** In lower case, with dashes. */
  readonly name: string;
  /** Such as `==2.3.3` or `<3,>=2.1`; empty when any version will do. */
  readonly versions: string;
}

/** What a model's `conda.yaml` installs. */
export interface Environment {
  /** As the file writes it, such as `3.11.7` or `>=3.9`. */
  readonly python: string | undefined;
  readonly packages: readonly Requirement[];
}

/**
 * Reads a conda file; its pip part may name requirement files.
 *
 * @param readFile - text of a file beside it, or undefined when there is none
 * @returns undefined when it has no list of dependencies
 */
export function readEnvironment(text: string, readFile: (path: string) => string | undefined): Environment | undefined {
  const dependencies = dependenciesOf(text);
  if (dependencies === undefined) return undefined;
  const lines = dependencies.flatMap((entry) => (isMap(entry) ? pipLines(entry["pip"], readFile) : [String(entry)]));
  const required = lines.map(readRequirement).filter((requirement) => requirement !== undefined);
  return {
    python: required.find(({ name }) => name === "python")?.versions.replace(/^=+/, ""),
    packages: required.filter(({ name }) => name !== "python"),
  };
}

function dependenciesOf(text: string): readonly unknown[] | undefined {
  try {
    const document: unknown = parse(text, { schema: "failsafe" });
    const dependencies = isMap(document) ? document["dependencies"] : undefined;
    return Array.isArray(dependencies) ? dependencies : undefined;
  } catch {
    return undefined;
  }
}

function pipLines(entries: unknown, readFile: (path: string) => string | undefined): readonly string[] {
  const lines = Array.isArray(entries) ? entries.map(String) : [];
  return lines.flatMap((line) => {
    const [, file] = /^(?:-r|--requirement)[ =]+(\S+)/.exec(line) ?? [];
    return file === undefined ? [line] : (readFile(file)?.split("\n") ?? []);
  });
}

/** `mlflow==3.17.2`, `conda-forge::python=3.11`, `uvicorn[standard] >=0.2 ; python_version<"4"`; undefined for an option. */
function readRequirement(line: string): Requirement | undefined {
  const [text = ""] = line.split(/[;#]/);
  const [, name, versions = ""] = /^(?:\S+::)?([a-z0-9][-_.a-z0-9]*)(?:\[[^\]]*\])?(.*)$/i.exec(text.trim()) ?? [];
  return name === undefined
    ? undefined
    : { name: name.toLowerCase().replaceAll(/[-_.]+/g, "-"), versions: versions.replaceAll(/\s/g, "") };
}
