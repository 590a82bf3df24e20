import { promiseOf, resourcesBehind } from "../pulumi/sdkInternals";
import * as pulumi from "@pulumi/pulumi";
import { isNotFound, reasonOf } from "./readEndpoint";

/**
 * What a program asks Azure before it declares anything, such as the location of the resource group.
 *
 * A lookup never fails by itself: a resource whose inputs failed is not registered, and in an inline program the engine
 * then deletes it as if it had been removed from the program. A failure is kept until a hook refuses the run.
 */
export class Lookups {
  private readonly problems: string[] = [];
  private readonly expected: Promise<unknown>[] = [];

  /** @returns the answer, or `missing` with the failure kept */
  async ask<T, M>(answer: Promise<T>, missing: M): Promise<T | M> {
    try {
      return await answer;
    } catch (error) {
      this.problems.push(error instanceof Error ? error.message : String(error));
      return missing;
    }
  }

  /** Makes the component wait for an answer before it is registered. It must not come from one of its children. */
  expect<T>(answer: pulumi.Output<T>): pulumi.Output<T> {
    this.expected.push(promiseOf(answer).catch(() => undefined));
    return answer;
  }

  /** Resolves when all expected lookups are registered. */
  async settled(): Promise<void> {
    await Promise.all(this.expected);
  }

  /** Why a lookup failed; undefined when none did. */
  problem(): string | undefined {
    return this.problems.length === 0 ? undefined : [...new Set(this.problems)].join("\n");
  }

  /** For a hook: fails when a lookup did. @throws Error */
  requireAnswers(): void {
    const problem = this.problem();
    if (problem !== undefined) throw new Error(problem);
  }
}

/** Where a resource is. */
const PLACE = ["resourceGroupName", "workspaceName", "accountName", "location"];

/**
 * Options of every resource that is declared with answers of {@link Lookups}: it is not written when an answer is
 * missing, and it ignores a changed location or group. Following the change would replace it, and with a workspace the
 * endpoint in it; the hook of the traffic step refuses such a change by name.
 */
export function placedOptions(component: pulumi.ComponentResource, lookups: pulumi.ResourceHook) {
  return {
    parent: component,
    ignoreChanges: PLACE,
    hooks: { beforeCreate: [lookups], beforeUpdate: [lookups] },
  };
}

/** What is looked up for an argument. */
export interface Lookup<T> {
  /** The argument that names it. */
  readonly path: string;
  readonly found: Promise<T>;
  /** What every answer has. */
  readonly key: keyof T;
  /** The error when Azure does not have it. */
  readonly absent: string;
}

/**
 * Waits for a lookup. A provider that a preview cannot configure yet returns nothing at all; the result is unknown
 * then.
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

/**
 * A value that is known once the resources behind it are made: a preview may know the name of one that is not there yet,
 * and a lookup by that name would find nothing.
 */
export function onceCreated<T>(input: pulumi.Input<T>): pulumi.Output<pulumi.Unwrap<T>> {
  const value = pulumi.output(input);
  const ids = resourcesBehind(value).then((all) =>
    [...all].filter((each) => pulumi.CustomResource.isInstance(each)).map(({ id }) => id),
  );
  return pulumi.all([value, pulumi.output(ids)]).apply(([it]) => it as pulumi.Unwrap<T>);
}
