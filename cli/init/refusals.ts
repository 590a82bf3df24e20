import { MlModelError, readMlModel } from "../../components/contract/modelContract";
import { show } from "../../components/values/violation";
import type { Violation } from "../../components/values/violation";
import { nameFrom, nameProblem } from "./initName";

/** What exists at the path of the new project. */
export type TargetState =
  | { readonly kind: "absent" | "empty" | "file" }
  | { readonly kind: "filled"; readonly names: readonly string[] }
  /** It cannot be written or read there; `reason` is the operating system's. */
  | { readonly kind: "unusable"; readonly reason: string };

/** What `--model` points to. */
export type ModelState =
  | { readonly kind: "absent" | "file" }
  | { readonly kind: "unusable"; readonly problems: readonly string[] }
  /** `nested` are the folders in it that have an `MLmodel` in its place. */
  | { readonly kind: "none"; readonly nested: readonly string[] }
  | { readonly kind: "found"; readonly mlModel: string };

/** The facts that decide whether a project is created. */
export interface InitFacts {
  /** As it was typed. */
  readonly folder: string;
  /** Base name of the folder's full path. */
  readonly folderName: string;
  readonly target: TargetState;
  /** As it was typed; undefined when it was not. */
  readonly model: string | undefined;
  readonly modelState: ModelState;
  /** Whether the project would lie in the folder of the model. */
  readonly isInsideModel: boolean;
  readonly name: string | undefined;
}

/** Every obstacle to creating a project; empty when there is none. */
export function initRefusals(facts: InitFacts): readonly Violation[] {
  const found: [path: string, reason: string | undefined][] = [
    ["folder", targetProblem(facts)],
    ...modelProblems(facts).map((reason): [string, string] => ["--model", reason]),
    ["--name", givenNameProblem(facts)],
  ];
  return found.flatMap(([path, reason]) => (reason === undefined ? [] : [{ path, reason }]));
}

/** The name of the project. Only for facts without refusals. */
export function projectName({ name, folderName }: InitFacts): string {
  return name ?? nameFrom(folderName) ?? "";
}

function targetProblem({ folder, target, isInsideModel, model }: InitFacts): string | undefined {
  const other = "give an empty or a new folder";
  if (isInsideModel)
    return `${show(folder)} is inside the model folder ${show(model)} and would be copied with it; ${other}`;
  switch (target.kind) {
    case "file":
      return `${show(folder)} is a file; ${other}`;
    case "unusable":
      return `${show(folder)} cannot be used (${target.reason}); ${other}`;
    case "filled": {
      const shown = target.names.slice(0, 3).map((name) => show(name));
      const more = target.names.length - shown.length;
      return `${show(folder)} is not empty: ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}; ${other}`;
    }
    default:
      return undefined;
  }
}

function modelProblems({ model, modelState }: InitFacts): readonly string[] {
  const wanted = "give the folder that MLflow saved the model in, with its file MLmodel, such as --model ./my-model";
  if (model === undefined) return [`is missing; ${wanted}`];
  switch (modelState.kind) {
    case "absent":
      return [`there is no folder ${show(model)}; ${wanted}`];
    case "file":
      return [`${show(model)} is a file; ${wanted}`];
    case "unusable":
      return modelState.problems;
    case "none": {
      const [nested] = modelState.nested;
      return [`${show(model)} has no file MLmodel; ${nested === undefined ? wanted : `did you mean ${show(nested)}?`}`];
    }
    default:
      return contractProblems(model, modelState.mlModel);
  }
}

function contractProblems(model: string, mlModel: string): readonly string[] {
  try {
    readMlModel(mlModel);
    return [];
  } catch (error) {
    if (error instanceof MlModelError) return [`MLmodel in ${show(model)} ${error.message}`];
    throw error;
  }
}

function givenNameProblem({ name, folderName }: InitFacts): string | undefined {
  if (name !== undefined) return nameProblem(name);
  const made = nameFrom(folderName);
  if (made === undefined) return `no name can be made from the folder's name ${show(folderName)}; give one`;
  return nameProblem(made);
}
