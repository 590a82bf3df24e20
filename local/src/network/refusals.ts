import { badRequest } from "../arm/errors";
import type { ArmError } from "../arm/errors";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";
import { objectAt } from "../common/json";
import type { Json } from "../common/json";

/** assumed text */
export function requirePrefix({ name, properties }: Json): void {
  const given = objectAt({ properties }, "properties");
  if (given["addressPrefix"] !== undefined || given["addressPrefixes"] !== undefined) return;
  throw badRequest(
    "NoAddressPrefixProvided",
    `The subnet ${typeof name === "string" ? `${name} ` : ""}needs an addressPrefix or addressPrefixes.`,
  );
}

/** A subnet stays as long as something is in it. */
export function requireUnused({ store }: Pick<ArmServices, "store">, subnet: Resource): void {
  const user = store.all().find(({ document }) => {
    const { id } = objectAt(objectAt(document, "properties"), "subnet");
    return typeof id === "string" && id.toLowerCase() === subnet.id.toLowerCase();
  });
  if (user === undefined) return;
  throw badRequest(
    "InUseSubnetCannotBeDeleted",
    `Subnet ${String(subnet.document["name"])} is in use by ${user.id} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
  );
}

// assumed text
export function connectionMissing(): ArmError {
  return badRequest("InvalidRequestFormat", "A private endpoint needs a privateLinkServiceConnection.");
}
