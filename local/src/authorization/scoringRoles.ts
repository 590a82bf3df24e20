import { objectAt, shown } from "../arm/body";
import type { Store } from "../arm/store";

const ASSIGNMENT = "microsoft.authorization/roleassignments";
/** Built-in roles with `Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action`. */
const MAY_SCORE = new Set([
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", // Owner
  "b24988ac-6180-42a0-ab88-20f7382dd24c", // Contributor
  "f6c7c914-8db3-469d-8ca1-694a8f32e121", // AzureML Data Scientist
]);

/** Whether a principal has a role, at the endpoint or above it, that lets it score. */
export function mayScore(store: Pick<Store, "all">, endpointId: string, principalId: string): boolean {
  const endpoint = endpointId.toLowerCase();
  return store.all().some(({ type, document }) => {
    if (type !== ASSIGNMENT) return false;
    const properties = objectAt(document, "properties");
    const scope = shown(properties["scope"]).toLowerCase();
    const role = shown(properties["roleDefinitionId"]).split("/").at(-1)?.toLowerCase() ?? "";
    const isAbove = endpoint === scope || endpoint.startsWith(`${scope}/`);
    return isAbove && MAY_SCORE.has(role) && properties["principalId"] === principalId.toLowerCase();
  });
}
