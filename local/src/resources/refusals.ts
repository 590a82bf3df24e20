import { badRequest, conflict, notFound } from "../arm/errors";
import type { ArmError } from "../arm/errors";

export function unsupportedFilter(filter: string): ArmError {
  return badRequest(
    "InvalidFilterInQueryString",
    `The filter '${filter}' is not served by the local Azure ML; it knows resourceType eq '...'.`,
  );
}

export function unknownNamespace(name: string): ArmError {
  return notFound("InvalidResourceNamespace", `The resource namespace '${name}' is invalid.`);
}

export function groupNotFound(name: string): ArmError {
  return notFound("ResourceGroupNotFound", `Resource group '${name}' could not be found.`);
}

export function invalidGroupName(name: string): ArmError {
  return badRequest(
    "InvalidResourceGroup",
    `The provided resource group name '${name}' has invalid characters or length.`,
  );
}

export function groupNeverMoves(before: string, location: string): ArmError {
  return conflict(
    "InvalidResourceGroupLocation",
    `Invalid resource group location '${location}'. The Resource group already exists in location '${before}'.`,
  );
}
