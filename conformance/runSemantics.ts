import type { AzureClient } from "../driver/azureClient";
import { runSemantic } from "./semantics/semantic";
import type { Semantic } from "./semantics/semantic";
import { SEMANTICS } from "./semantics/all";
import type { Target } from "./target/target";

export interface SemanticResult {
  readonly semantic: Semantic;
  /** How the target contradicts the claim; undefined when it does not. */
  readonly failure?: string;
}

/**
 * Runs the semantics one after the other: all of them on a local Azure, else those for any target.
 *
 * @param isStopped - asked before each one
 */
export async function* runSemantics(
  target: Target,
  azure?: AzureClient,
  isStopped: () => boolean = () => false,
): AsyncGenerator<SemanticResult> {
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
