import type { ArmExchange } from "./armExchange";

/** Environment variable with the address of the run's specification service. */
export const API_SPEC_SERVICE = "API_SPEC_SERVICE";

/** What the exchanges of a test file break, each violation once; empty when nothing does. */
export async function checkExchanges(exchanges: readonly ArmExchange[]): Promise<readonly string[]> {
  const url = process.env[API_SPEC_SERVICE];
  if (url === undefined) throw new Error("vitest runs without the global setup test/apiSpec/globalSetup.ts");
  const response = await fetch(url, { method: "POST", body: JSON.stringify(exchanges) });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`exchanges could not be checked: ${String(answer)}`);
  return answer as readonly string[];
}
