import type { Store } from "../arm/store";
import { objectAt, toText } from "../common/json";

export const ROLE_ASSIGNMENT = "microsoft.authorization/roleassignments";

/** Whether a principal has one of some roles at a resource or above it. @param roles GUIDs in lower case */
export function hasRole(
  store: Pick<Store, "all">,
  resourceId: string,
  principalId: string,
  roles: ReadonlySet<string>,
): boolean {
  const resource = resourceId.toLowerCase();
  return store.all().some(({ type, document }) => {
    if (type !== ROLE_ASSIGNMENT) return false;
    const properties = objectAt(document, "properties");
    const scope = toText(properties["scope"]).toLowerCase();
    const role = toText(properties["roleDefinitionId"]).split("/").at(-1)?.toLowerCase() ?? "";
    const isAbove = resource === scope || resource.startsWith(`${scope}/`);
    return isAbove && roles.has(role) && properties["principalId"] === principalId.toLowerCase();
  });
}

/** Built-in roles that models, endpoints and their data need, by GUID ("Azure built-in roles"). */
export const ROLES: ReadonlyMap<string, string> = new Map([
  ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner"],
  ["b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor"],
  ["acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader"],
  ["18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator"],
  ["f6c7c914-8db3-469d-8ca1-694a8f32e121", "AzureML Data Scientist"],
  ["e503ece1-11d0-4e8e-8e2c-7a6c3bf38815", "AzureML Compute Operator"],
  ["635dd51f-9968-44d3-b7fb-6d9a6bd613ae", "AzureML Metrics Writer (preview)"],
  ["b556d68e-0be0-4f35-a333-ad7ee1ce17ea", "Azure AI Enterprise Network Connection Approver"],
  ["2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "Storage Blob Data Reader"],
  ["ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor"],
  ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Storage Blob Data Owner"],
  ["7f951dda-4ed3-4680-a7ca-43fe172d538d", "AcrPull"],
  ["8311e382-0749-4cb8-b61a-304f252e45ec", "AcrPush"],
  ["00482a5a-887f-4fb3-b363-3b7fe8e74483", "Key Vault Administrator"],
  ["4633458b-17de-408a-b874-0445c86b69e6", "Key Vault Secrets User"],
  ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7", "Key Vault Secrets Officer"],
  ["43d0d8ad-25c7-4714-9337-8ba259a9fe05", "Monitoring Reader"],
  ["3913510d-42f4-4e42-8a64-420c390055eb", "Monitoring Metrics Publisher"],
  ["f1a07417-d97a-45cb-824c-7a7467783830", "Managed Identity Operator"],
]);
