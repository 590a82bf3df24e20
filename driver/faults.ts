import { valueAt } from "./azureClient";
import type { AzureClient } from "./azureClient";

/** Adds fault rules. @throws Error when one is refused */
export function injectFaults(azure: AzureClient, ...rules: readonly object[]): Promise<void> {
  return azure.addFaults(rules);
}

/** How often each rule matched and was applied. */
export async function faultCounts(azure: AzureClient): Promise<readonly { matched: number; applied: number }[]> {
  const { body } = await azure.send("GET", "/_local/faults");
  const rules = valueAt(body, "rules") as readonly { matched: number; applied: number }[];
  return rules.map(({ matched, applied }) => ({ matched, applied }));
}

export async function clearFaults(azure: AzureClient): Promise<void> {
  await azure.send("DELETE", "/_local/faults");
}
