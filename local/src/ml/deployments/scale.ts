import { objectAt } from "../../common/json";
import type { Resource, Store } from "../../arm/store";
import { autoscaledCapacity } from "../../monitor/autoscaleCapacity";

/** Gives a deployment the number of instances that its autoscale setting leaves it, if it has one. */
export function scaleWithin(store: Store, deployment: Resource): void {
  const sku = objectAt(deployment.document, "sku");
  const capacity = autoscaledCapacity(store, deployment.id, Number(sku["capacity"] ?? 1));
  if (capacity === sku["capacity"]) return;
  deployment.document = { ...deployment.document, sku: { ...sku, capacity } };
  store.touch();
}
