import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import type { Values } from "../stack/exportedStack";

/** Where a model comes from, as `modelVersions` has it. */
export type ModelSource =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "uri"; readonly uri: string }
  | { readonly kind: "id"; readonly id: string };

const URI = /^(runs:\/|azureml:\/\/(jobs|datastores|subscriptions)\/|https?:\/\/)/i;
const ID = /^(azureml:(?!\/\/)|azureml:\/\/registries\/|\/subscriptions\/)/i;

/**
 * What was typed after `start`: the id of a registered version, the address of a model that is in Azure, or a folder.
 *
 * @throws Failure for an empty text
 */
export function modelSourceOf(typed: string): ModelSource {
  const text = typed.trim();
  if (text === "") throw new Failure("name the model: its folder, its uri or its id", EXIT.usage);
  if (ID.test(text)) return { kind: "id", id: text };
  if (URI.test(text)) return { kind: "uri", uri: text };
  return { kind: "path", path: text };
}

/** As config holds it: a folder as plain text. */
export function configOf(source: ModelSource): unknown {
  if (source.kind === "path") return source.path;
  return source.kind === "uri" ? { uri: source.uri } : { id: source.id };
}

/** Whether a declared version is this one. Folders are compared by the full paths given for them. */
export function isSameSource(source: ModelSource, declared: Values, fullPath: (path: string) => string): boolean {
  if (source.kind === "id") return declared["id"] === source.id;
  if (source.kind === "uri") return declared["uri"] === source.uri;
  const { path } = declared;
  return typeof path === "string" && fullPath(path) === fullPath(source.path);
}

/** The number at the end of an id of a registered version; undefined when it has none. */
export function versionOfId(id: string): string | undefined {
  return /(?:\/versions\/|:)([1-9]\d*)$/.exec(id)?.[1];
}

/** Whether an id is that of a version of a model in the endpoint's own workspace. */
export function isIdOf(id: string, model: string): boolean {
  return /^azureml:([^:/]+):/i.exec(id)?.[1] === model;
}
