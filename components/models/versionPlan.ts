import { contentOf, isSameUri } from "./modelAddress";

/** A version as the program declares it. */
export interface DeclaredContent {
  /** Content hash of its folder; undefined for a version by URI, and while the folder cannot be read. */
  readonly contentName: string | undefined;
  /** URI in full; undefined for a folder. */
  readonly uri: string | undefined;
  /** Undefined when not declared, which restores an archived version. */
  readonly archived: boolean | undefined;
}

/**
 * The plan for a version:
 * - `register`: Azure does not have it.
 * - `keep`: Azure has it, with this content; nothing is written.
 * - `archive`: only whether it is archived changes.
 * - `conflict`: Azure has another content under the same number, which never changes.
 */
export type VersionPlan =
  | { readonly what: "register" }
  | { readonly what: "keep" | "archive" | "conflict"; readonly registered: RegisteredVersion };

/** Decides from what is declared and what Azure has; a registered version no longer needs its folder. */
export function planVersion(declared: DeclaredContent, registered: RegisteredVersion | undefined): VersionPlan {
  if (registered === undefined) return { what: "register" };
  if (!isSameContent(declared, registered.modelUri)) return { what: "conflict", registered };
  return { what: registered.isArchived === (declared.archived ?? false) ? "keep" : "archive", registered };
}

function isSameContent({ contentName, uri }: DeclaredContent, registeredUri: string): boolean {
  if (uri !== undefined) return isSameUri(uri, registeredUri);
  return contentName === undefined || contentOf(registeredUri)?.contentName === contentName;
}

/** A version as Azure has it. */
export interface RegisteredVersion {
  /** Its ARM id, as Azure spells it. */
  readonly id: string;
  readonly modelUri: string;
  readonly isArchived: boolean;
  /** Properties that an update must send again or lose: tags, stage and others that people set. */
  readonly kept: Readonly<Record<string, unknown>>;
}

/** Properties of a version that Azure accepts. Source: API contract 2025-12-01, ModelVersion. */
const WRITABLE = new Set([
  "description",
  "flavors",
  "isAnonymous",
  "jobName",
  "modelType",
  "properties",
  "stage",
  "tags",
]);

/**
 * Parses a version from Azure's answer.
 *
 * @returns undefined when the answer holds no version
 */
export function registeredVersion(id: unknown, properties: unknown): RegisteredVersion | undefined {
  if (typeof id !== "string" || typeof properties !== "object" || properties === null) return undefined;
  const values = properties as Readonly<Record<string, unknown>>;
  const { modelUri, isArchived } = values;
  if (typeof modelUri !== "string") return undefined;
  const kept = Object.entries(values).filter(([key, value]) => WRITABLE.has(key) && value != null);
  return { id, modelUri, isArchived: isArchived === true, kept: Object.fromEntries(kept) };
}
