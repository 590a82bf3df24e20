import { isNotFound, reasonOf } from "../live/readEndpoint";

/** What is looked up for an argument. */
export interface Lookup<T> {
  /** The argument that names it. */
  readonly path: string;
  readonly found: Promise<T>;
  /** What is said when Azure does not have it. */
  readonly absent: string;
}

/**
 * Waits for a lookup.
 *
 * @throws Error when there is nothing, or it cannot be read
 */
export async function lookup<T>({ path, found, absent }: Lookup<T>): Promise<T> {
  try {
    return await found;
  } catch (error) {
    const reason = isNotFound(error) ? absent : `cannot be read: ${reasonOf(error)}`;
    throw new Error(`cannot look up what the arguments name:\n  - ${path}: ${reason}`, { cause: error });
  }
}
