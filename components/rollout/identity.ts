/** The identity of an endpoint unless another one is declared. */
export const DEFAULT_IDENTITY = "SystemAssigned";

/** An identity in the words of ARM as one line: its type, then the ids of the user-assigned ones in order. */
export function describeIdentity(type: string, userAssignedIds: readonly string[]): string {
  const ids = userAssignedIds.map((id) => id.toLowerCase()).toSorted();
  return [type.replaceAll(" ", "").replace(",", ", "), ...ids].join(" ");
}
