import type { ArmExchange } from "./armExchange";

/** Environment variable with the address of the run's contract service. */
export const CONTRACT_SERVICE = "CONTRACT_SERVICE";

/** What the exchanges of a test file break, each violation once; empty when nothing does. */
export async function checkExchanges(exchanges: readonly ArmExchange[]): Promise<readonly string[]> {
  const url = process.env[CONTRACT_SERVICE];
  if (url === undefined) throw new Error("vitest runs without the global setup test/contract/globalSetup.ts");
  const response = await fetch(url, { method: "POST", body: JSON.stringify(exchanges) });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`the contract could not be checked: ${String(answer)}`);
  return answer as readonly string[];
}
