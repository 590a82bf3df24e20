import { objectAt, shown } from "../common/json";
import type { Store } from "../arm/store";

const ASSIGNMENT = "microsoft.authorization/roleassignments";

/** Whether a principal has one of some roles at a resource or above it. @param roles GUIDs in lower case */
export function hasRole(
  store: Pick<Store, "all">,
  resourceId: string,
  principalId: string,
  roles: ReadonlySet<string>,
): boolean {
  const resource = resourceId.toLowerCase();
  return store.all().some(({ type, document }) => {
    if (type !== ASSIGNMENT) return false;
    const properties = objectAt(document, "properties");
    const scope = shown(properties["scope"]).toLowerCase();
    const role = shown(properties["roleDefinitionId"]).split("/").at(-1)?.toLowerCase() ?? "";
    const isAbove = resource === scope || resource.startsWith(`${scope}/`);
    return isAbove && roles.has(role) && properties["principalId"] === principalId.toLowerCase();
  });
}
