import type { Store } from "../arm/store";
import { isObject, objectAt, textAt } from "../common/json";

export const SUBNET_TYPE = "Microsoft.Network/virtualNetworks/subnets";

export const SUBNET = SUBNET_TYPE.toLowerCase();

export const VIRTUAL_NETWORK = "microsoft.network/virtualnetworks";

export const PRIVATE_DNS_ZONE = "microsoft.network/privatednszones";

const PRIVATE_ENDPOINT = "microsoft.network/privateendpoints";

/** Says which virtual network a request comes from, by its id; all requests come over the loopback interface here. */
export const NETWORK_HEADER = "x-local-network";

/** Whether a virtual network has a private endpoint for a resource whose connection is approved. */
export function isReachedFrom(store: Pick<Store, "all">, networkId: string, resourceId: string): boolean {
  const subnets = `${networkId.toLowerCase()}/subnets/`;
  return store.all().some(({ type, document }) => {
    if (type !== PRIVATE_ENDPOINT) return false;
    const properties = objectAt(document, "properties");
    const subnet = textAt(objectAt(properties, "subnet"), "id")?.toLowerCase() ?? "";
    const connections = [properties["privateLinkServiceConnections"], properties["manualPrivateLinkServiceConnections"]]
      .flatMap((list) => (Array.isArray(list) ? (list as readonly unknown[]) : []))
      .filter(isObject)
      .map((connection) => objectAt(connection, "properties"));
    const isApproved = connections.some(
      (connection) =>
        textAt(connection, "privateLinkServiceId")?.toLowerCase() === resourceId.toLowerCase() &&
        textAt(objectAt(connection, "privateLinkServiceConnectionState"), "status") === "Approved",
    );
    return subnet.startsWith(subnets) && isApproved;
  });
}
