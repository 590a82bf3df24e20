import type { ProgressiveMlflowEndpointArgs } from "../args";
import { PrincipalType } from "../args";
import { BUILT_IN_ROLES } from "../args/roles";
import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { checkArmId, checkArmIds } from "./armId";
import { checkEntries } from "./checkEntries";
import { checkSettings } from "./checkMap";
import { checkInputText, isKnownMap } from "./plain";
import { checkBoolean, checkChoice, checkGiven } from "./scalars";

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ROLE_ID = /\/providers\/Microsoft\.Authorization\/roleDefinitions\/[^/]+$/i;

/** Who the endpoint is, and what it and its callers may do. */
export function checkRoles({
  managedIdentities,
  identityRoles,
  roleAssignments,
}: ProgressiveMlflowEndpointArgs): Violation[] {
  return [
    ...checkIdentities(managedIdentities),
    ...checkIdentityRoles(identityRoles, managedIdentities),
    ...checkRoleAssignments(roleAssignments),
  ];
}

function checkIdentities(identities: unknown): Violation[] {
  const path = "managedIdentities";
  return checkSettings(path, identities, ["systemAssigned", "userAssignedResourceIds"], (settings) => {
    const { systemAssigned, userAssignedResourceIds: ids } = settings;
    const reason = "leaves the endpoint without an identity; add one to userAssignedResourceIds";
    return [
      ...checkBoolean(`${path}.systemAssigned`, systemAssigned),
      ...checkArmIds(`${path}.userAssignedResourceIds`, ids, "identity"),
      ...(systemAssigned === false && countOf(ids) === 0 ? [{ path, reason }] : []),
    ];
  });
}

function checkIdentityRoles(roles: unknown, identities: unknown): Violation[] {
  const path = "identityRoles";
  const ids = isKnownMap(identities) ? identities["userAssignedResourceIds"] : undefined;
  const reason =
    "has no effect without managedIdentities.userAssignedResourceIds: Azure gives a system-assigned identity its roles; remove it";
  return checkSettings(path, roles, ["principalId", "containerRegistryResourceId"], (settings) => [
    ...(countOf(ids) === 0 ? [{ path, reason }] : []),
    ...checkPrincipal(path, settings["principalId"]),
    ...checkArmId(`${path}.containerRegistryResourceId`, settings["containerRegistryResourceId"], "containerRegistry"),
  ]);
}

function checkRoleAssignments(assignments: unknown): Violation[] {
  const keys = ["principalId", "principalType", "roleDefinitionIdOrName", "description"];
  return checkEntries("roleAssignments", assignments, keys, (at, settings) => [
    ...checkPrincipal(at, settings["principalId"]),
    ...checkChoice(`${at}.principalType`, settings["principalType"], PrincipalType),
    ...checkInputText(`${at}.roleDefinitionIdOrName`, settings["roleDefinitionIdOrName"], checkRole),
    ...checkInputText(`${at}.description`, settings["description"]),
  ]);
}

function checkPrincipal(path: string, principalId: unknown): Violation[] {
  const todo = "give the object id of the principal in Entra";
  return [
    ...checkGiven(`${path}.principalId`, principalId, todo),
    ...checkInputText(`${path}.principalId`, principalId, (id) =>
      GUID.test(id) ? undefined : `must be a GUID, got ${show(id)}; ${todo}`,
    ),
  ];
}

function checkRole(idOrName: string): string | undefined {
  if (Object.hasOwn(BUILT_IN_ROLES, idOrName) || GUID.test(idOrName) || ROLE_ID.test(idOrName)) return undefined;
  const names = Object.keys(BUILT_IN_ROLES).join(", ");
  return `must be one of ${names}, or the GUID or ARM id of a role, got ${show(idOrName)}`;
}

/** How many there are; an output may be any number. */
function countOf(ids: unknown): number | undefined {
  if (ids === undefined) return 0;
  return Array.isArray(ids) ? ids.length : undefined;
}
