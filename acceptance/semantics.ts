import { runSemantics } from "../conformance/runSemantics";
import type { SemanticResult } from "../conformance/runSemantics";
import { createTarget, removeTarget } from "../conformance/target/createTarget";
import type { Cloud } from "./cloud";
import type { FoundDifference } from "./report";

/** Where semantics are checked. */
export interface SemanticsPlace {
  /** Id of the workspace. */
  readonly workspace: string;
  readonly instanceType: string;
  /** Of what is made in it and deleted again. */
  readonly name: string;
}

/** Checks the semantics of docs/parity.md in a workspace, all that can run on Azure. */
export async function* askSemantics(
  cloud: Cloud,
  { workspace, instanceType, name }: SemanticsPlace,
): AsyncGenerator<SemanticResult> {
  const target = await createTarget({ ...cloud, workspace, instanceType }, name);
  yield* runSemantics(target);
  // Else the workspace could not be deleted.
  const left = await removeTarget(target);
  if (left.length > 0) throw new Error(`what the semantics were asked of is still there: ${left.join(", ")}`);
}

export function differenceOf({ semantic: { id, claim }, failure }: SemanticResult): readonly FoundDifference[] {
  return failure === undefined ? [] : [{ id, claim, seen: failure, found: "semantics" }];
}
