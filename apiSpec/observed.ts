import type { ArmExchange } from "./armExchange";
import { checkExchanges } from "./client";

const observed: ArmExchange[] = [];

/** Takes an exchange of the test file that runs. */
export function observe(exchange: ArmExchange): void {
  observed.push(exchange);
}

/** Checks what was taken since the last call against Microsoft's specifications. */
export async function checkObserved(): Promise<void> {
  if (observed.length === 0) return;
  const violations = await checkExchanges(observed.splice(0));
  if (violations.length > 0) throw new Error(`the specification is broken:\n${violations.join("\n")}`);
}
