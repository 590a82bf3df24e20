import { objectAt, textAt } from "../common/json";
import { nameAfter } from "../arm/ids";
import { jsonOf } from "../http/exchange";
import type { Exchange } from "../http/exchange";
import type { Target } from "./rule";

/** What the texts of faults name. */
export function targetOf(exchange: Exchange): Target {
  const { method, path } = exchange;
  const name = (type: string): string => nameAfter(path, type) ?? "";
  return {
    method,
    path,
    subscriptionId: name("subscriptions"),
    workspace: name("workspaces"),
    endpoint: name("onlineEndpoints"),
    deployment: name("deployments"),
    instanceType: textAt(objectAt(jsonOf(exchange), "properties"), "instanceType") ?? "Standard_F4s_v2",
  };
}
