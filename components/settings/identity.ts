import * as pulumi from "@pulumi/pulumi";
import type { ManagedIdentitiesArgs } from "../args";

/** The identity of an endpoint unless another one is declared. */
export const DEFAULT_IDENTITY = "SystemAssigned";

/** An identity in the words of ARM as one line: its type, then the ids of the user-assigned ones in order. */
export function describeIdentity(type: string, userAssignedIds: readonly string[]): string {
  const ids = userAssignedIds.map((id) => id.toLowerCase()).toSorted();
  return [type.replaceAll(" ", "").replace(",", ", "), ...ids].join(" ");
}

/** An identity as azure-native takes it. */
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

/** The same as ARM takes it: with a map of the user-assigned ones. */
export function armIdentity({ type, userAssignedIdentities = [] }: DeclaredIdentity) {
  const userAssigned = pulumi.all(userAssignedIdentities).apply((ids) => Object.fromEntries(ids.map((id) => [id, {}])));
  return { type, userAssignedIdentities: userAssigned };
}
