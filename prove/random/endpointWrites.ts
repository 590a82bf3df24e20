import type { TraceEntry } from "azure-mlflow-rollout-local";
import { totalWeight } from "../../components/rollout/weights";
import type { Weights } from "../../components/rollout/weights";
import { valueAt } from "../../driver/azureClient";

const ENDPOINT = /\/onlineEndpoints\/[^/]+$/i;

/** The endpoint's writes in a trace: their number, and those without all weights. */
export function checkEndpointWrites(trace: readonly TraceEntry[]): {
  readonly writes: number;
  readonly failures: readonly string[];
} {
  const writes = trace.filter(({ method, path }) => /^(PUT|PATCH)$/.test(method) && ENDPOINT.test(path));
  const weightless = writes.filter(
    ({ body }) => totalWeight((valueAt(body, "properties.traffic") ?? {}) as Weights) !== 100,
  );
  return {
    writes: writes.length,
    failures: weightless.map(
      ({ method, body }) => `${method} of the endpoint without its weights: ${JSON.stringify(body)}`,
    ),
  };
}
