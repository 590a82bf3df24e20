import { startLocalAzure } from "azure-mlflow-rollout-local";
import type { LocalAzure, LocalAzureOptions } from "azure-mlflow-rollout-local";
import { toArmExchange } from "../../apiSpec/armExchange";
import { observe } from "../../apiSpec/observed";

/**
 * A local Azure whose every exchange with Azure Resource Manager is checked against Microsoft's specifications when the
 * tests of the file are over; a violation fails the file.
 */
export function startObservedAzure(options: LocalAzureOptions = {}): Promise<LocalAzure> {
  return startLocalAzure({
    ...options,
    onExchange: (exchange, reply, via) => {
      const observed = toArmExchange(exchange, reply, via);
      if (observed !== undefined) observe(observed);
      options.onExchange?.(exchange, reply, via);
    },
  });
}
