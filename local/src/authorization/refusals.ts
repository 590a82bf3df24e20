import { badRequest, conflict, notFound } from "../arm/errors";
import type { ArmError } from "../arm/errors";
import { toText } from "../common/json";

export function invalidId(code: string, what: string, value: unknown) {
  return badRequest(
    code,
    `The ${what} '${toText(value)}' is not valid. ${what[0]?.toUpperCase() ?? ""}${what.slice(1)} must be a GUID.`,
  );
}

export function assignmentNotFound(name: string): ArmError {
  return notFound("RoleAssignmentNotFound", `The role assignment '${name}' is not found.`);
}

// Azure-Samples/graphrag-accelerator#168
export function assignmentNeverChanges(): ArmError {
  return badRequest(
    "RoleAssignmentUpdateNotPermitted",
    "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
  );
}

export function assignmentExists(name: string): ArmError {
  return conflict(
    "RoleAssignmentExists",
    `The role assignment already exists. The ID of the conflicting role assignment is ${name.replaceAll("-", "")}.`,
  );
}

export function invalidPrincipalType(allowed: readonly unknown[]): ArmError {
  return badRequest("InvalidPrincipalType", `principalType must be one of ${allowed.join(", ")}.`);
}

export function unsupportedFilter(filter: string): ArmError {
  return badRequest(
    "UnsupportedQuery",
    `The filter '${filter}' is not supported. Supported filters are either 'atScope()' or 'principalId eq '{value}' or assignedTo('{value}')'.`,
  );
}

export function definitionNotFound(guid: string): ArmError {
  return notFound(
    "RoleDefinitionDoesNotExist",
    `The specified role definition with ID '${guid.replaceAll("-", "")}' does not exist.`,
  );
}
