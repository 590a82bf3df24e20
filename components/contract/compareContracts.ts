import { compareFields } from "./compareFields";
import type { Side } from "./compareFields";
import { compareParams } from "./compareParams";
import { warning } from "./difference";
import type { Difference } from "./difference";
import type { ModelContract, Signature } from "./modelContract";

/**
 * What callers of the stable deployment's model may notice when a candidate's model answers them; empty when they cannot.
 * Requests are taken to name their columns, as the documented frames do.
 */
export function compareContracts(stable: ModelContract, candidate: ModelContract): Difference[] {
  return [
    ...compareSignatures(stable.signature, candidate.signature),
    ...compareFlavours(stable.flavours, candidate.flavours),
    ...comparePython(stable.pythonVersion, candidate.pythonVersion),
  ];
}

function compareSignatures(stable: Signature | undefined, candidate: Signature | undefined): Difference[] {
  return [
    ...compareSide("input", stable, candidate),
    ...compareSide("output", stable, candidate),
    ...compareParams(stable?.params ?? [], candidate?.params ?? []),
  ];
}

function compareSide(side: Side, stable: Signature | undefined, candidate: Signature | undefined): Difference[] {
  const [before, after] =
    side === "input" ? [stable?.inputs, candidate?.inputs] : [stable?.outputs, candidate?.outputs];
  if (before !== undefined && after !== undefined) return compareFields(side, before, after);
  if (before === after) return [];
  const change = before === undefined ? "declared only by the candidate" : "no longer declared";
  return [warning(`${side}s are ${change}, so that they cannot be compared`)];
}

function compareFlavours(stable: readonly string[], candidate: readonly string[]): Difference[] {
  const [before, after] = [stable, candidate].map((names) => names.join(" and ") || "python_function alone");
  return before === after ? [] : [warning(`flavour is ${before} -> ${after}`)];
}

function comparePython(stable: string | undefined, candidate: string | undefined): Difference[] {
  const [before, after] = [stable, candidate].map((version) => /^\d+\.\d+/.exec(version ?? "")?.[0]);
  if (before === undefined || after === undefined || before === after) return [];
  return [warning(`Python is ${before} -> ${after}`)];
}
