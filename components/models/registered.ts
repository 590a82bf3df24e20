/** A version as Azure has it. */
export interface RegisteredVersion {
  /** Its ARM id, as Azure spells it. */
  readonly id: string;
  readonly modelUri: string;
  readonly isArchived: boolean;
  /** Its properties that an update must send again, or they would be gone: tags, stage and others that people set. */
  readonly kept: Readonly<Record<string, unknown>>;
}

/** Properties of a version that Azure takes. Source: API contract 2025-12-01, ModelVersion. */
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
 * A version from what Azure answers.
 *
 * @returns undefined for an answer that is none
 */
export function registeredVersion(id: unknown, properties: unknown): RegisteredVersion | undefined {
  if (typeof id !== "string" || typeof properties !== "object" || properties === null) return undefined;
  const values = properties as Readonly<Record<string, unknown>>;
  const { modelUri, isArchived } = values;
  if (typeof modelUri !== "string") return undefined;
  const kept = Object.entries(values).filter(([key, value]) => WRITABLE.has(key) && value != null);
  return { id, modelUri, isArchived: isArchived === true, kept: Object.fromEntries(kept) };
}
