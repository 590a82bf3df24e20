import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { checkArmId, checkArmIds } from "./armId";
import { checkSettings } from "./checkMap";
import { checkInputText, isKnownMap } from "./plain";
import { checkGiven } from "./scalars";

const KEYS = ["subnetResourceId", "privateDnsZoneResourceIds", "location"];
/** Azure ends the name of a private endpoint at 80 characters; the workspace's has up to 33. */
const NAME = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,30}[a-zA-Z0-9])?$/;

export function checkPrivateEndpoints(path: string, endpoints: unknown): Violation[] {
  if (endpoints === undefined) return [];
  if (!isKnownMap(endpoints)) {
    return [{ path, reason: `must be a map of names to { ${KEYS.join(", ")} }, got ${show(endpoints)}` }];
  }
  return Object.entries(endpoints).flatMap(([name, endpoint]) => {
    const at = `${path}.${name}`;
    const reason = "is not a valid name; use 1 to 32 letters, digits and dashes, no dash first or last";
    return [...(NAME.test(name) ? [] : [{ path: at, reason }]), ...checkEndpoint(at, endpoint ?? null)];
  });
}

function checkEndpoint(path: string, endpoint: unknown): Violation[] {
  return checkSettings(path, endpoint, KEYS, ({ subnetResourceId, privateDnsZoneResourceIds, location }) => [
    ...checkGiven(`${path}.subnetResourceId`, subnetResourceId, "give the ARM id of the subnet that it stands in"),
    ...checkArmId(`${path}.subnetResourceId`, subnetResourceId, "subnet"),
    ...checkArmIds(`${path}.privateDnsZoneResourceIds`, privateDnsZoneResourceIds, "privateDnsZone"),
    ...checkInputText(`${path}.location`, location),
  ]);
}
