import * as pulumi from "@pulumi/pulumi";
import type { ManagedIdentitiesArgs } from "../args";

/** The default identity of an endpoint. */
export const DEFAULT_IDENTITY = "SystemAssigned";

/** An ARM identity on one line: its type, then the sorted ids of the user-assigned ones. */
export function describeIdentity(type: string, userAssignedIds: readonly string[]): string {
  const ids = userAssignedIds.map((id) => id.toLowerCase()).toSorted();
  return [type.replaceAll(" ", "").replace(",", ", "), ...ids].join(" ");
}

/** An identity in azure-native's form. */
export interface DeclaredIdentity {
  readonly type: string;
  readonly userAssignedIdentities?: pulumi.Input<string>[];
}

export function identityOf({
  systemAssigned = true,
  userAssignedResourceIds = [],
}: ManagedIdentitiesArgs = {}): DeclaredIdentity {
  if (userAssignedResourceIds.length === 0) return { type: DEFAULT_IDENTITY };
  const type = systemAssigned ? `${DEFAULT_IDENTITY},UserAssigned` : "UserAssigned";
  return { type, userAssignedIdentities: userAssignedResourceIds };
}

/** The same in ARM's form, with a map of the user-assigned ones. */
export function armIdentity({ type, userAssignedIdentities = [] }: DeclaredIdentity) {
  const userAssigned = pulumi.all(userAssignedIdentities).apply((ids) => Object.fromEntries(ids.map((id) => [id, {}])));
  return { type, userAssignedIdentities: userAssigned };
}
