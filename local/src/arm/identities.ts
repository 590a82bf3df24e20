import { randomUUID } from "node:crypto";
import { isObject, objectAt, textAt } from "../common/json";
import { badRequest } from "./errors";
import type { ArmServices } from "./services";

const USER_ASSIGNED_IDENTITY = "microsoft.managedidentity/userassignedidentities";
const TYPES = ["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"];

/**
 * The identity of a resource as Azure returns it: a system-assigned one has a principal that stays the same;
 * user-assigned ones must exist and are returned with their principals.
 *
 * @param given the `identity` of a body
 * @param before the `identity` that the resource has
 * @returns undefined when the resource has none
 */
export function managedIdentity(
  { store, tenancy }: Pick<ArmServices, "store" | "tenancy">,
  given: unknown,
  before: unknown,
): Record<string, unknown> | undefined {
  if (given === undefined || given === null) return isObject(before) ? before : undefined;
  const type = TYPES.find((known) => known.toLowerCase() === textAt(given, "type")?.replaceAll(" ", "").toLowerCase());
  // assumed text
  if (type === undefined || !isObject(given))
    throw badRequest("InvalidIdentityType", `identity.type must be one of ${TYPES.join("; ")}.`);
  const listed = given["userAssignedIdentities"] ?? {};
  if (!isObject(listed) || type.includes("UserAssigned") !== Object.keys(listed).length > 0) {
    // assumed text
    throw badRequest(
      "InvalidIdentityValues",
      "identity.userAssignedIdentities must be an object whose keys are ids of identities, given with the type UserAssigned and with no other.",
    );
  }
  const users = Object.keys(listed).map((id): [string, unknown] => {
    const found = store.get(id);
    // reported with user-assigned identities that were deleted
    if (found?.type !== USER_ASSIGNED_IDENTITY)
      throw badRequest("FailedIdentityOperation", `Identity operation failed: resource '${id}' was not found.`);
    const { principalId, clientId } = objectAt(found.document, "properties");
    return [id, { principalId, clientId }];
  });
  return {
    type: textAt(given, "type"),
    ...(type.startsWith("SystemAssigned") && {
      principalId: objectAt({ before }, "before")["principalId"] ?? randomUUID(),
      tenantId: tenancy.tenantId,
    }),
    ...(users.length > 0 && { userAssignedIdentities: Object.fromEntries(users) }),
  };
}
