import { objectAt, textAt, shown } from "../common/json";
import { requireProperties } from "../arm/body";
import type { Json } from "../common/json";
import { isGuid } from "../arm/checks";
import { badRequest, conflict, notFound } from "../arm/errors";
import type { ArmRequest, ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";

const TYPE = "microsoft.authorization/roleassignments";
const PRINCIPAL_TYPES: readonly unknown[] = ["User", "Group", "ServicePrincipal", "ForeignGroup", "Device"];
/** What makes an assignment the one that it is. */
const IDENTITY = ["principalId", "roleDefinitionId", "scope"] as const;

/**
 * Role assignments at any scope. They are kept and checked, not enforced: there is no directory here, so that any GUID is
 * taken for a principal and any role GUID for a role.
 */
export function roleAssignments(services: Pick<ArmServices, "store" | "clock">): ResourceHandler {
  const { store } = services;
  const all = (): readonly Resource[] => store.all().filter(({ type }) => type === TYPE);
  return {
    isExtension: true,
    get: ({ id }) => {
      const assignment = store.get(id.text);
      if (assignment !== undefined) return { status: 200, body: assignment.document };
      throw notFound("RoleAssignmentNotFound", `The role assignment '${id.names.at(-1) ?? ""}' is not found.`);
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
      if (existing !== undefined && !isSame(existing, properties)) {
        // Azure-Samples/graphrag-accelerator#168
        throw badRequest(
          "RoleAssignmentUpdateNotPermitted",
          "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
        );
      }
      const twin = all().find((other) => other !== existing && isSame(other, properties));
      if (twin !== undefined) {
        const other = String(twin.document["name"]).replaceAll("-", "");
        throw conflict(
          "RoleAssignmentExists",
          `The role assignment already exists. The ID of the conflicting role assignment is ${other}.`,
        );
      }
      const createdOn = objectAt(existing?.document, "properties")["createdOn"] ?? services.clock.iso();
      const document = {
        id: id.text,
        name,
        type: "Microsoft.Authorization/roleAssignments",
        properties: { ...properties, createdOn, updatedOn: services.clock.iso() },
      };
      store.put({ id: id.text, type: TYPE, document, hidden: {} });
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
  const role = /\/providers\/Microsoft\.Authorization\/roleDefinitions\/([^/]+)$/i.exec(shown(roleDefinitionId))?.[1];
  if (!isGuid(role)) throw invalidId("InvalidRoleDefinitionId", "role definition ID", roleDefinitionId);
  const principalType = given["principalType"] ?? (isManaged(store.all(), principalId) ? "ServicePrincipal" : "User");
  if (!PRINCIPAL_TYPES.includes(principalType)) {
    throw badRequest("InvalidPrincipalType", `principalType must be one of ${PRINCIPAL_TYPES.join(", ")}.`);
  }
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
  if (filter.trim() !== "" && principal === undefined && !atScope) {
    throw badRequest(
      "UnsupportedQuery",
      `The filter '${filter}' is not supported. Supported filters are either 'atScope()' or 'principalId eq '{value}' or assignedTo('{value}')'.`,
    );
  }
  const here = scope.toLowerCase();
  return ({ document }) => {
    const properties = objectAt(document, "properties");
    const there = String(properties["scope"]).toLowerCase();
    const isAbove = here === there || here.startsWith(`${there}/`);
    const isPlaced = isAbove || (!atScope && there.startsWith(`${here}/`));
    return isPlaced && (principal === undefined || properties["principalId"] === principal.toLowerCase());
  };
}

function invalidId(code: string, what: string, value: unknown) {
  return badRequest(
    code,
    `The ${what} '${shown(value)}' is not valid. ${what[0]?.toUpperCase() ?? ""}${what.slice(1)} must be a GUID.`,
  );
}
