import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ArmExchange } from "../contract/armExchange";
import { Contract } from "../contract/contract";
import { summarize } from "../contract/report";
import { specsAreSaved } from "../contract/savedSpecs";
import type { Verdict } from "../contract/verdict";

export interface ContractResult {
  /** Exchanges that were checked against a specification. */
  readonly exchanges: number;
  readonly violations: readonly string[];
  /** Why nothing was checked. */
  readonly skipped?: string;
}

/** Checks exchanges with Azure Resource Manager against Microsoft's specifications, where these are saved. */
export async function checkContract(
  exchanges: readonly ArmExchange[],
  areSaved: boolean = specsAreSaved,
): Promise<ContractResult> {
  if (!areSaved) {
    const skipped = `contract: SKIPPED, ${exchanges.length} exchanges not validated: ../shared/specs is missing`;
    return { exchanges: 0, violations: [], skipped };
  }
  const folder = mkdtempSync(join(tmpdir(), "conformance-contract-"));
  try {
    const contract = await Contract.load(folder);
    const verdicts: Verdict[] = [];
    for (const exchange of exchanges) verdicts.push(await contract.check(exchange));
    const validated = verdicts.filter(({ basis }) => basis !== "none");
    return { exchanges: validated.length, violations: summarize(verdicts) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
