import { GROUP, LOCATION } from "../../driver/heartWorkspace";
import type { FreshTokenClient } from "./freshTokenClient";

const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/callers`;

/**
 * Gives a virtual network a private endpoint of the workspace, so its callers are served whatever the public access.
 *
 * @param workspace - path below the subscription, or id
 * @returns the headers by which the local Azure knows callers of that network
 */
export async function addPrivateNetwork(
  azure: FreshTokenClient,
  workspace: string,
): Promise<Readonly<Record<string, string>>> {
  const id = (path: string): string => (path.startsWith("/") ? path : azure.idOf(path));
  await azure.send("PUT", GROUP, { location: LOCATION });
  const addresses = { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } };
  await azure.operate("PUT", NETWORK, { location: LOCATION, properties: addresses });
  await azure.operate("PUT", `${NETWORK}/subnets/callers`, { properties: { addressPrefix: "10.0.1.0/24" } });
  const connection = { privateLinkServiceId: id(workspace), groupIds: ["amlworkspace"] };
  await azure.operate("PUT", `${GROUP}/providers/Microsoft.Network/privateEndpoints/callers`, {
    location: LOCATION,
    properties: {
      subnet: { id: id(`${NETWORK}/subnets/callers`) },
      privateLinkServiceConnections: [{ name: "workspace", properties: connection }],
    },
  });
  return { "x-local-network": id(NETWORK) };
}
