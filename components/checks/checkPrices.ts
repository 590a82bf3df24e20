import type { ProgressiveMlflowEndpointArgs } from "../args";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { checkText, isKnownMap } from "./literals";
import { checkBoolean } from "./scalars";

type Settings = Pick<ProgressiveMlflowEndpointArgs, "checkQuota" | "hourlyPrices" | "currency" | "compute">;

/** Prices and the currency. */
export function checkPrices({ checkQuota, hourlyPrices, currency, compute }: Settings): Violation[] {
  return [
    ...checkBoolean("checkQuota", checkQuota),
    ...checkHourlyPrices(hourlyPrices, compute !== undefined),
    ...checkText("currency", currency, (text) =>
      text.trim() === "" ? "must name the currency of hourlyPrices, such as EUR, got nothing" : undefined,
    ),
    ...(currency === undefined || hourlyPrices !== undefined
      ? []
      : [{ path: "currency", reason: "needs hourlyPrices; give them, or leave it out" }]),
  ];
}

function checkHourlyPrices(prices: unknown, isKubernetes: boolean): Violation[] {
  const path = "hourlyPrices";
  if (prices === undefined) return [];
  if (isKubernetes) return [{ path, reason: "is for Azure's own machines; on Kubernetes the cluster is paid for" }];
  if (!isKnownMap(prices)) {
    return [{ path, reason: `must be a map such as { Standard_DS3_v2: 0.27 }, got ${show(prices)}` }];
  }
  return Object.entries(prices)
    .filter(([, price]) => typeof price !== "number" || !Number.isFinite(price) || price < 0)
    .map(([type, price]) => ({
      path: `${path}.${type}`,
      reason: `must be the price of one machine for an hour, 0 or more, got ${show(price)}`,
    }));
}
