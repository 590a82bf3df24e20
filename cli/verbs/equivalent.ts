import type { ConfigEdit } from "../stack/stackFile";

/**
 * What one would type with Pulumi alone: config commands, then the update.
 *
 * @param namespace - before the keys, when it is not the project's own
 */
export function pulumiCommands(edits: readonly ConfigEdit[], namespace: string | undefined): readonly string[] {
  const [only, ...others] = edits;
  if (only?.value !== undefined && typeof only.value !== "object" && only.path.length === 1 && others.length === 0)
    return [`pulumi up -c ${quoted(`${keyOf(only.path, namespace)}=${textOf(only.value)}`)}`];
  const sets = edits.flatMap((edit) => settings(edit, namespace));
  const removed = edits.filter(({ value }) => value === undefined).map(({ path }) => quoted(keyOf(path, namespace)));
  return [
    ...(removed.length > 0 ? [`pulumi config rm-all --path ${removed.join(" ")}`] : []),
    ...(sets.length > 0 ? [`pulumi config set-all --path ${sets.map((text) => `--plaintext ${text}`).join(" ")}`] : []),
    "pulumi up",
  ];
}

/** A map is set value by value. */
function settings({ path, value }: ConfigEdit, namespace: string | undefined): readonly string[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null) return [quoted(`${keyOf(path, namespace)}=${textOf(value)}`)];
  return Object.entries(value).flatMap(([key, inner]) => settings({ path: [...path, key], value: inner }, namespace));
}

/** `modelVersions["2"]`: a number would be a place in a list. */
function keyOf([key, ...inner]: readonly [string, ...string[]], namespace: string | undefined): string {
  const below = inner.map((name) => (/^[a-zA-Z_][\w-]*$/.test(name) ? `.${name}` : `["${name}"]`));
  return `${namespace === undefined ? "" : `${namespace}:`}${key}${below.join("")}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function quoted(text: string): string {
  return /^[\w.:=/@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
