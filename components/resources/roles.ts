import type { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment";
import type { OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import * as pulumi from "@pulumi/pulumi";
import { BUILT_IN_ROLES } from "../args/access";
import type { RoleAssignmentArgs } from "../args/access";
import { segmentOf } from "../azure/ids";
import { entryOf } from "../values/shape";
import type { Scope, WorkspaceRef } from "../scope/scope";
import { optional } from "./optionalTypes";

const DEFAULT_ROLE = "AzureML Data Scientist";
/** Source: Azure RBAC, "Azure built-in roles". */
const STORAGE_BLOB_DATA_READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
const ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";

/** The roles of principals on the endpoint. */
export function declareRoleAssignments(scope: Scope, endpoint: OnlineEndpoint): readonly RoleAssignment[] {
  return Object.entries(scope.args.roleAssignments ?? {}).map(([key, assignment]) =>
    declareRole(scope, `role-${key}`, endpoint.id, assignment),
  );
}

/** The roles of a user-assigned identity of the endpoint: a deployment needs them to start. */
export function declareIdentityRoles(scope: Scope, workspace: WorkspaceRef): readonly RoleAssignment[] {
  const { identityRoles } = scope.args;
  if (identityRoles === undefined) return [];
  const { principalId, containerRegistryResourceId: registry } = identityRoles;
  // Without a given type, Azure may fail to look up the principal of a new identity.
  const principal = { principalId, principalType: "ServicePrincipal" } as const;
  const mayRead = { ...principal, roleDefinitionIdOrName: STORAGE_BLOB_DATA_READER };
  const mayPull = { ...principal, roleDefinitionIdOrName: ACR_PULL };
  return [
    declareRole(scope, "identity-storage-role", workspace.storageAccountId, mayRead),
    ...(registry === undefined ? [] : [declareRole(scope, "identity-registry-role", pulumi.output(registry), mayPull)]),
  ];
}

/** Without a name azure-native generates a GUID, which stays in the state. */
function declareRole(
  { name, component, placed }: Scope,
  what: string,
  scope: pulumi.Output<string>,
  { principalId, principalType, roleDefinitionIdOrName = DEFAULT_ROLE, description }: RoleAssignmentArgs,
): RoleAssignment {
  return new optional.RoleAssignment(
    `${name}-${what}`,
    {
      scope,
      principalId,
      ...(principalType && { principalType }),
      roleDefinitionId: pulumi.all([scope, roleDefinitionIdOrName]).apply(([at, role]) => roleDefinitionId(at, role)),
      ...(description !== undefined && { description }),
    },
    // Azure refuses another role under the same name, and azure-native would try.
    { parent: component, replaceOnChanges: ["roleDefinitionId"], hooks: placed.hooks },
  );
}

function roleDefinitionId(scope: string, idOrName: string): string {
  if (idOrName.startsWith("/")) return idOrName;
  const guids: Readonly<Record<string, string>> = BUILT_IN_ROLES;
  const subscription = segmentOf(scope, "subscriptions");
  return `/subscriptions/${subscription}/providers/Microsoft.Authorization/roleDefinitions/${entryOf(guids, idOrName) ?? idOrName}`;
}
