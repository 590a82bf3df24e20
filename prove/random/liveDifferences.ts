import { isDeepStrictEqual } from "node:util";
import { formatTraffic, sameTraffic } from "../../components/rollout/weights";
import type { Weights } from "../../components/rollout/weights";
import { textAt, valueAt } from "../../driver/azureClient";
import type { Declared } from "./changes";

/** How an endpoint and its deployments in Azure differ from what is declared. */
export function liveDifferences(
  declared: Declared,
  endpoint: unknown,
  deployments: readonly unknown[],
): readonly string[] {
  const live = {
    traffic: (valueAt(endpoint, "properties.traffic") ?? {}) as Weights,
    mirrorTraffic: (valueAt(endpoint, "properties.mirrorTraffic") ?? {}) as Weights,
  };
  const tags = Object.entries((valueAt(endpoint, "tags") ?? {}) as Record<string, string>);
  const own = Object.fromEntries(tags.filter(([name]) => !name.startsWith("mlflow-rollout-")));
  const instances = Object.fromEntries(deployments.map((one) => [textAt(one, "name"), valueAt(one, "sku.capacity")]));
  const wanted = Object.fromEntries(Object.entries(declared.deployments).map(([name, one]) => [name, one.instances]));
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ["traffic", sameTraffic(live, declared), true],
    ["authMode", valueAt(endpoint, "properties.authMode"), declared.authMode],
    ["publicNetworkAccess", valueAt(endpoint, "properties.publicNetworkAccess"), declared.publicNetworkAccess],
    ["tags", own, declared.tags],
    ["deployments", instances, wanted],
  ];
  return pairs
    .filter(([, is, should]) => !isDeepStrictEqual(is, should))
    .map(([name, is, should]) =>
      name === "traffic"
        ? `live traffic is ${formatTraffic(live)}, declared ${formatTraffic(declared)}`
        : `${name} is ${JSON.stringify(is)}, declared ${JSON.stringify(should)}`,
    );
}
