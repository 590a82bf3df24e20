import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ArmExchange } from "../apiSpec/armExchange";
import { ApiSpec } from "../apiSpec/apiSpec";
import { summarize } from "../apiSpec/report";
import { specsAreSaved } from "../apiSpec/savedSpecs";
import type { Verdict } from "../apiSpec/verdict";

export interface ApiSpecResult {
  /** Exchanges that were checked against a specification. */
  readonly exchanges: number;
  readonly violations: readonly string[];
  /** Why nothing was checked. */
  readonly skipped?: string;
}

/** Checks exchanges with Azure Resource Manager against Microsoft's specifications, where these are saved. */
export async function checkApiSpec(
  exchanges: readonly ArmExchange[],
  areSaved: boolean = specsAreSaved,
): Promise<ApiSpecResult> {
  if (!areSaved) {
    const skipped = `API specification: SKIPPED, ${exchanges.length} exchanges not validated: ../shared/specs is missing`;
    return { exchanges: 0, violations: [], skipped };
  }
  const folder = mkdtempSync(join(tmpdir(), "conformance-api-spec-"));
  try {
    const apiSpec = await ApiSpec.load(folder);
    const verdicts: Verdict[] = [];
    for (const exchange of exchanges) verdicts.push(await apiSpec.check(exchange));
    const validated = verdicts.filter(({ basis }) => basis !== "none");
    return { exchanges: validated.length, violations: summarize(verdicts) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
