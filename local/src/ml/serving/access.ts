import type { Store } from "../../arm/store";
import { hasRole } from "../../authorization/roles";

/** Built-in roles with `Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action`. */
const MAY_SCORE = new Set([
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", // Owner
  "b24988ac-6180-42a0-ab88-20f7382dd24c", // Contributor
  "f6c7c914-8db3-469d-8ca1-694a8f32e121", // AzureML Data Scientist
]);

/** Whether a principal has a role, at the endpoint or above it, that lets it score. */
export function mayScore(store: Pick<Store, "all">, endpointId: string, principalId: string): boolean {
  return hasRole(store, endpointId, principalId, MAY_SCORE);
}
