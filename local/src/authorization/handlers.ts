import { randomUUID } from "node:crypto";
import { isGuid, requireProperties } from "../arm/checks";
import { withoutProvisioningState } from "../arm/generic";
import type { ResourceRules } from "../arm/generic";
import type { ResourceId } from "../arm/ids";
import type { ArmRequest, ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";
import { objectAt, textAt, toText } from "../common/json";
import type { Json } from "../common/json";
import { ROLES, ROLE_ASSIGNMENT } from "./records";
import {
  assignmentExists,
  assignmentNeverChanges,
  assignmentNotFound,
  definitionNotFound,
  invalidId,
  invalidPrincipalType,
  unsupportedFilter,
} from "./refusals";

const PRINCIPAL_TYPES: readonly unknown[] = ["User", "Group", "ServicePrincipal", "ForeignGroup", "Device"];
/** The identity of an assignment. */
const IDENTITY = ["principalId", "roleDefinitionId", "scope"] as const;
const BY_NAME = /^\s*roleName\s+eq\s+'([^']*)'\s*$/i;

/**
 * Role assignments at any scope. They are checked and stored, not enforced: there is no directory here, so any GUID
 * counts as a principal and any role GUID as a role.
 */
export function roleAssignments(services: Pick<ArmServices, "store" | "clock">): ResourceHandler {
  const { store } = services;
  const all = (): readonly Resource[] => store.all().filter(({ type }) => type === ROLE_ASSIGNMENT);
  return {
    isExtension: true,
    get: ({ id }) => {
      const assignment = store.get(id.text);
      if (assignment !== undefined) return { status: 200, body: assignment.document };
      throw assignmentNotFound(id.names.at(-1) ?? "");
    },
    head: ({ id }) => ({ status: store.get(id.text) === undefined ? 404 : 204 }),
    list: ({ id, query }) => {
      const filtered = all().filter(selected(id.scope, query.get("$filter") ?? ""));
      return { status: 200, body: { value: filtered.map(({ document }) => document) } };
    },
    put: (request) => {
      const { id } = request;
      const name = id.names.at(-1) ?? "";
      if (!isGuid(name)) throw invalidId("InvalidRoleAssignmentId", "role assignment ID", name);
      const properties = propertiesOf(services, request);
      const existing = store.get(id.text);
      if (existing !== undefined && !isSame(existing, properties)) throw assignmentNeverChanges();
      const twin = all().find((other) => other !== existing && isSame(other, properties));
      if (twin !== undefined) throw assignmentExists(String(twin.document["name"]));
      const createdOn = objectAt(existing?.document, "properties")["createdOn"] ?? services.clock.iso();
      const document = {
        id: id.text,
        name,
        type: "Microsoft.Authorization/roleAssignments",
        properties: { ...properties, createdOn, updatedOn: services.clock.iso() },
      };
      store.put({ id: id.text, type: ROLE_ASSIGNMENT, document, hidden: {} });
      return { status: existing === undefined ? 201 : 200, body: document };
    },
    delete: ({ id }) => {
      const [gone] = store.remove(id.text);
      return gone === undefined ? { status: 204 } : { status: 200, body: gone.document };
    },
  };
}

function propertiesOf({ store }: Pick<ArmServices, "store">, { id, body }: ArmRequest): Json {
  const given = requireProperties(body, ["roleDefinitionId", "principalId"]);
  const { principalId, roleDefinitionId, description, condition, conditionVersion } = given;
  // Azure/azure-powershell#16627
  if (!isGuid(principalId)) throw invalidId("InvalidPrincipalId", "Principal ID", principalId);
  const role = /\/providers\/Microsoft\.Authorization\/roleDefinitions\/([^/]+)$/i.exec(toText(roleDefinitionId))?.[1];
  if (!isGuid(role)) throw invalidId("InvalidRoleDefinitionId", "role definition ID", roleDefinitionId);
  const principalType = given["principalType"] ?? (isManaged(store.all(), principalId) ? "ServicePrincipal" : "User");
  if (!PRINCIPAL_TYPES.includes(principalType)) throw invalidPrincipalType(PRINCIPAL_TYPES);
  return {
    roleDefinitionId: `/subscriptions/${id.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role.toLowerCase()}`,
    principalId: principalId.toLowerCase(),
    principalType,
    scope: id.scope,
    description: description ?? null,
    condition: condition ?? null,
    conditionVersion: conditionVersion ?? null,
  };
}

function isManaged(resources: readonly Resource[], principalId: string): boolean {
  const principals = resources.flatMap(({ document }) => [
    textAt(objectAt(document, "identity"), "principalId"),
    textAt(objectAt(document, "properties"), "principalId"),
  ]);
  return principals.includes(principalId.toLowerCase());
}

function isSame({ document }: Resource, properties: Json): boolean {
  const before = objectAt(document, "properties");
  return IDENTITY.every((key) => String(before[key]).toLowerCase() === String(properties[key]).toLowerCase());
}

/** What a list at a scope shows: assignments there, above and, unless `atScope()` is asked for, below it. */
function selected(scope: string, filter: string): (assignment: Resource) => boolean {
  const [, principal] = /^\s*(?:principalId\s+eq\s+'|assignedTo\(')([^']*)'\)?\s*$/i.exec(filter) ?? [];
  const atScope = /^\s*atScope\(\)\s*$/i.test(filter);
  if (filter.trim() !== "" && principal === undefined && !atScope) throw unsupportedFilter(filter);
  const here = scope.toLowerCase();
  return ({ document }) => {
    const properties = objectAt(document, "properties");
    const there = String(properties["scope"]).toLowerCase();
    const isAbove = here === there || here.startsWith(`${there}/`);
    const isPlaced = isAbove || (!atScope && there.startsWith(`${here}/`));
    return isPlaced && (principal === undefined || properties["principalId"] === principal.toLowerCase());
  };
}

/** Role definitions to look up; none can be created, and their permissions are not stored. */
export function roleDefinitions(): ResourceHandler {
  return {
    isExtension: true,
    get: ({ id }) => {
      const guid = id.names.at(-1)?.toLowerCase() ?? "";
      const name = ROLES.get(guid);
      if (name !== undefined) return { status: 200, body: definition(id, guid, name) };
      throw definitionNotFound(guid);
    },
    list: ({ id, query }) => {
      const [, wanted] = BY_NAME.exec(query.get("$filter") ?? "") ?? [];
      const found = [...ROLES].filter(
        ([, name]) => wanted === undefined || name.toLowerCase() === wanted.toLowerCase(),
      );
      return { status: 200, body: { value: found.map(([guid, name]) => definition(id, guid, name)) } };
    },
  };
}

function definition({ subscriptionId }: ResourceId, guid: string, roleName: string): object {
  const place = subscriptionId === "" ? "" : `/subscriptions/${subscriptionId}`;
  const type = "Microsoft.Authorization/roleDefinitions";
  return {
    id: `${place}/providers/${type}/${guid}`,
    name: guid,
    type,
    properties: { roleName, type: "BuiltInRole", description: "", assignableScopes: ["/"], permissions: [] },
  };
}

/** User-assigned identities. */
export function userAssignedIdentities({ tenancy }: Pick<ArmServices, "tenancy">): ResourceRules {
  return {
    name: [/^[a-zA-Z0-9][-\w]{2,127}$/, "3 to 128 letters, digits, '-' and '_', a letter or digit first"],
    location: "regional",
    generates: () => ({ principalId: randomUUID(), clientId: randomUUID(), tenantId: tenancy.tenantId }),
    adds: withoutProvisioningState,
  };
}
