import * as pulumi from "@pulumi/pulumi";
import { isNotFound, reasonOf } from "../live/readEndpoint";

/** What is looked up for an argument. */
export interface Lookup<T> {
  /** The argument that names it. */
  readonly path: string;
  readonly found: Promise<T>;
  /** What every answer has. */
  readonly key: keyof T;
  /** What is said when Azure does not have it. */
  readonly absent: string;
}

/**
 * Waits for a lookup. A provider that a preview cannot configure yet answers nothing at all: what it would find is not
 * known then.
 *
 * @throws Error when there is nothing, or it cannot be read
 */
export async function lookup<T>({ path, found, key, absent }: Lookup<T>): Promise<T> {
  const fail = (reason: string, cause?: unknown): never => {
    throw new Error(`cannot look up what the arguments name, nothing was written:\n  - ${path}: ${reason}`, { cause });
  };
  let answer: T;
  try {
    answer = await found;
  } catch (error) {
    return fail(isNotFound(error) ? absent : `cannot be read: ${reasonOf(error)}`, error);
  }
  if (answer[key] !== undefined) return answer;
  return pulumi.runtime.isDryRun()
    ? (pulumi.unknown as T)
    : fail("the provider answers nothing; check its configuration");
}
