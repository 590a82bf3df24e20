import type { ProgressiveMlflowEndpointArgs } from "../args";
import { EndpointAuthMode, KeyType, PrincipalType } from "../args";
import { authModeOf } from "../settings/kinds";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { checkArmId, checkSettings, checkChoice, checkGiven, checkArmIds, checkEntries, checkBoolean } from "./scalars";
import { checkInputText, isKnownMap } from "./literals";
import { BUILT_IN_ROLES } from "../args/access";

/** How callers authenticate, and the secret that holds a key for them. */
export function checkAccess(args: ProgressiveMlflowEndpointArgs): Violation[] {
  return [...checkAuthMode(args), ...checkKeySecret(args)];
}

function checkAuthMode({ authMode, compute }: ProgressiveMlflowEndpointArgs): Violation[] {
  if (authMode === "AADToken" && compute !== undefined) {
    return [{ path: "authMode", reason: '"AADToken" is for managed endpoints; use AMLToken or Key on Kubernetes' }];
  }
  return checkChoice("authMode", authMode, EndpointAuthMode);
}

function checkKeySecret(args: ProgressiveMlflowEndpointArgs): Violation[] {
  const path = "keySecret";
  const keys = ["keyVaultResourceId", "secretName", "keyType"];
  return checkSettings(path, args.keySecret, keys, ({ keyVaultResourceId, secretName, keyType }) => [
    ...(authModeOf(args) === "Key"
      ? []
      : [{ path, reason: `holds a key, and authMode is ${authModeOf(args)}; use Key` }]),
    ...checkGiven(`${path}.keyVaultResourceId`, keyVaultResourceId, "give the ARM id of the key vault"),
    ...checkArmId(`${path}.keyVaultResourceId`, keyVaultResourceId, "keyVault"),
    ...checkInputText(`${path}.secretName`, secretName, (name) =>
      /^[-a-zA-Z0-9]{1,127}$/.test(name) ? undefined : `must be 1 to 127 letters, digits and dashes, got ${show(name)}`,
    ),
    ...checkChoice(`${path}.keyType`, keyType, KeyType),
  ]);
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ROLE_ID = /\/providers\/Microsoft\.Authorization\/roleDefinitions\/[^/]+$/i;

/** The endpoint's identity, and the roles of the endpoint and its callers. */
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

/** How many there are; unknown for an output. */
function countOf(ids: unknown): number | undefined {
  if (ids === undefined) return 0;
  return Array.isArray(ids) ? ids.length : undefined;
}
