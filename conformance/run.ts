import type { AzureClient } from "../driver/azureClient";
import { runSemantic } from "./semantic";
import type { Semantic } from "./semantic";
import { SEMANTICS } from "./semantics";
import type { Target } from "./target";

export interface Result {
  readonly semantic: Semantic;
  /** Why the target does not do what is claimed; undefined when it does. */
  readonly failure?: string;
}

/**
 * Runs the semantics one after the other: all of them on a local Azure, else those for any target.
 *
 * @param isStopped - asked before each one
 */
export async function* runAll(
  target: Target,
  azure?: AzureClient,
  isStopped: () => boolean = () => false,
): AsyncGenerator<Result> {
  for (const semantic of SEMANTICS) {
    if (azure === undefined && semantic.target === "local") continue;
    if (isStopped()) return;
    try {
      await runSemantic(semantic, target, azure);
      yield { semantic };
    } catch (error) {
      yield { semantic, failure: error instanceof Error ? error.message : String(error) };
    }
  }
}
