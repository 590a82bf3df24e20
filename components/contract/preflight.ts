import type { ModelContract } from "./modelContract";
import { parseYaml } from "../values/parseYaml";
import { isMap } from "../values/shape";

/** What Azure's generated scoring script imports besides MLflow; without it the container answers no probe. */
const IMPORTS = ["azureml-inference-server-http", "azureml-ai-monitoring"];
/** Minor versions of Python 3 for which azureml-inference-server-http 1.5 is made; its changelog says so. */
const PYTHON = { from: 9, to: 12 };

/** Text of a file in a model's folder, or undefined when there is none. */
export type ReadFile = (path: string) => string | undefined;

/**
 * What would make a deployment of the model fail, or answer differently than in its test, after a long image build; one
 * line each. They are warnings: Azure adds packages of its own to the image, and not always the same ones.
 */
export function preflight({ signature, condaFile = "conda.yaml" }: ModelContract, readFile: ReadFile): string[] {
  const text = readFile(condaFile);
  const environment = text === undefined ? undefined : readEnvironment(text, readFile);
  const missing = text === undefined ? "is missing" : "has no dependencies";
  const inputs = signature?.inputs;
  return [
    ...(inputs === undefined
      ? ["MLmodel has no signature: requests are not checked and there is no swagger; save the model with a signature"]
      : []),
    ...(environment === undefined
      ? [`${condaFile} ${missing}: Azure builds the image from it; save the model with its requirements`]
      : [
          ...checkPython(environment),
          ...checkImports(environment),
          ...checkMlflow(environment),
          ...checkPandas(environment, inputs?.filter(({ shape }) => shape === undefined).map(({ type }) => type) ?? []),
        ].map((line) => `${condaFile} ${line}`)),
  ];
}

function checkPython({ python }: Environment): string[] {
  if (python === undefined || python === "") {
    return ["has no version of python: the image has another one than the model was tested with; add python=3.11"];
  }
  const [, minor] = /^3\.(\d+)/.exec(python) ?? [];
  if (minor === undefined || (Number(minor) >= PYTHON.from && Number(minor) <= PYTHON.to)) return [];
  const range = `3.${PYTHON.from} to 3.${PYTHON.to}`;
  return [`has python=${python}: azureml-inference-server-http is made for ${range}; train the model with one of them`];
}

function checkImports(environment: Environment): string[] {
  return IMPORTS.filter((name) => find(environment, name) === undefined).map(
    (name) => `has no ${name}: Azure's scoring script needs it and the container may not start; add it to pip`,
  );
}

function checkMlflow(environment: Environment): string[] {
  const mlflow = find(environment, "mlflow") ?? find(environment, "mlflow-skinny");
  if (mlflow === undefined) return ["has no mlflow: the model cannot be loaded; add the version that saved it"];
  if (mlflow.versions !== "") return [];
  return [`has ${mlflow.name} without a version: a later build gets another one; pin the version that saved the model`];
}

/** `mlflow-skinny` comes without pandas; pandas 3 reads text as a type of its own. */
function checkPandas(environment: Environment, columns: readonly string[]): string[] {
  if (columns.length === 0) return [];
  const pandas = find(environment, "pandas");
  if (pandas === undefined && find(environment, "mlflow") === undefined) {
    return ["has no pandas: requests with columns cannot be read; add pandas<3"];
  }
  if (!columns.includes("string") || (pandas !== undefined && isBelow3(pandas))) return [];
  const has = pandas === undefined ? "does not pin pandas" : `has pandas${pandas.versions}`;
  return [`${has}: pandas 3 reads text columns as a type that older models do not accept; use pandas<3`];
}

function isBelow3({ versions }: Requirement): boolean {
  return versions
    .split(",")
    .some((part) => /^(?:={1,3}|~=)[0-2](?:\.|$)/.test(part) || /^<=?[0-2]\.|^<3(?:\.0)*$/.test(part));
}

function find({ packages }: Environment, name: string): Requirement | undefined {
  return packages.find((requirement) => requirement.name === name);
}

/** A package requested by a conda file. */
interface Requirement {
  /** In lower case, with dashes. */
  readonly name: string;
  /** Such as `==2.3.3` or `<3,>=2.1`; empty when any version will do. */
  readonly versions: string;
}

/** What a model's `conda.yaml` installs. */
interface Environment {
  /** As written in the file, such as `3.11.7` or `>=3.9`. */
  readonly python: string | undefined;
  readonly packages: readonly Requirement[];
}

/**
 * Reads a conda file; its pip part may name requirement files.
 *
 * @param readFile - text of a file next to it, or undefined when there is none
 * @returns undefined when it has no list of dependencies
 */
function readEnvironment(text: string, readFile: (path: string) => string | undefined): Environment | undefined {
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
    const document: unknown = parseYaml(text);
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
