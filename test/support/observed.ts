import { startLocalAzure } from "azure-mlflow-rollout-local";
import type { LocalAzure, LocalAzureOptions } from "azure-mlflow-rollout-local";
import { afterAll } from "vitest";
import { toArmExchange } from "../contract/armExchange";
import type { ArmExchange } from "../contract/armExchange";
import { checkExchanges } from "../contract/client";

const exchanges: ArmExchange[] = [];

/**
 * A local Azure whose every exchange with Azure Resource Manager is checked against Microsoft's specifications when the
 * tests of the file are over; a violation fails the file.
 */
export function startObservedAzure(options: LocalAzureOptions = {}): Promise<LocalAzure> {
  return startLocalAzure({
    ...options,
    onExchange: (exchange, reply, via) => {
      const observed = toArmExchange(exchange, reply, via);
      if (observed !== undefined) exchanges.push(observed);
      options.onExchange?.(exchange, reply, via);
    },
  });
}

// Registered when the file is loaded, before the file's own hooks, and so run after them.
afterAll(async () => {
  if (exchanges.length === 0) return;
  const violations = await checkExchanges(exchanges);
  if (violations.length > 0) throw new Error(`the contract is broken:\n${violations.join("\n")}`);
}, 120_000);
