import type * as pulumi from "@pulumi/pulumi";
import { promiseOf } from "./sdkInternals";

/**
 * What a program asks Azure before it declares anything, such as where the resource group stands.
 *
 * A lookup never fails by itself: a resource whose inputs failed is not registered, and in an inline program the engine
 * then deletes it as one that left the program. A failure is kept until a hook refuses the run.
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

  /** Ends when all that is expected is there. */
  async settled(): Promise<void> {
    await Promise.all(this.expected);
  }

  /** Why something could not be looked up; undefined when all could. */
  problem(): string | undefined {
    return this.problems.length === 0 ? undefined : [...new Set(this.problems)].join("\n");
  }

  /** For a hook: fails when a lookup did. @throws Error */
  requireAnswers(): void {
    const problem = this.problem();
    if (problem !== undefined) throw new Error(problem);
  }
}

/** Where a resource stands. */
const PLACE = ["resourceGroupName", "workspaceName", "accountName", "location"];

/**
 * Options of every resource that is declared with answers of {@link Lookups}: it is not written when one is missing, and
 * it does not follow a change of its place. That would replace it, and with a workspace the endpoint that serves in it;
 * the hook of the traffic step refuses the change by name.
 */
export function placedOptions(component: pulumi.ComponentResource, lookups: pulumi.ResourceHook) {
  return {
    parent: component,
    ignoreChanges: PLACE,
    hooks: { beforeCreate: [lookups], beforeUpdate: [lookups] },
  };
}
