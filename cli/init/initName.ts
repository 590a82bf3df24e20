import { show } from "../../components/values/violation";

/** It names a Pulumi project, an Azure ML model and the prefix of an endpoint. */
const NAME = /^[a-zA-Z0-9][-_a-zA-Z0-9]{0,59}$/;
/** With such a name, the project's config would collide with that of a provider or of the engine. */
const NAMESPACES: ReadonlySet<string> = new Set(["azure-native", "pulumi", "random"]);

const ALLOWED = "use 1 to 60 letters, digits, dashes and underscores, a letter or digit first";

/**
 * Derives a name from a folder's: `My heart model` becomes `my-heart-model`.
 *
 * @returns undefined when no valid character is left
 */
export function nameFrom(folderName: string): string | undefined {
  const plain = folderName
    .normalize("NFKD")
    // Accents stand beside their letters now.
    .replaceAll(/\p{Mark}/gu, "")
    .replaceAll(/[^-_a-zA-Z0-9]+/g, "-")
    .replace(/^[-_]+/, "")
    .slice(0, 60)
    .replace(/[-_]+$/, "")
    .toLowerCase();
  return plain === "" ? undefined : plain;
}

/** What is wrong with a name, or undefined when Pulumi and Azure take it. */
export function nameProblem(name: string): string | undefined {
  if (!NAME.test(name)) return `${show(name)} is not a project name; ${ALLOWED}`;
  if (NAMESPACES.has(name)) return `${show(name)} is the namespace of other config; use another name`;
  return undefined;
}
