import type { Resource, Store } from "../../arm/store";
import { hasRole } from "../../authorization/records";
import { objectAt } from "../../common/json";
import type { Identity } from "../../identity/identity";
import { isReachedFrom } from "../../network/records";

/** Built-in roles with `Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action`. */
const MAY_SCORE = new Set([
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", // Owner
  "b24988ac-6180-42a0-ab88-20f7382dd24c", // Contributor
  "f6c7c914-8db3-469d-8ca1-694a8f32e121", // AzureML Data Scientist
]);

/** Who may call an endpoint, and from where. */
export class EndpointAccess {
  constructor(
    private readonly store: Store,
    private readonly identity: Identity,
    /** See `LocalAzureOptions`. */
    private readonly enforceRoles = false,
  ) {}

  /** The flag of the endpoint decides, not that of its workspace; a private endpoint is one of the workspace. */
  isOpenTo({ id, document }: Resource, network: string | undefined): boolean {
    if (objectAt(document, "properties")["publicNetworkAccess"] !== "Disabled") return true;
    const workspaceId = id.split("/").slice(0, -2).join("/");
    return network !== undefined && isReachedFrom(this.store, network, workspaceId);
  }

  authorize(endpoint: Resource, token: string | undefined): boolean {
    if (token === undefined) return false;
    switch (objectAt(endpoint.document, "properties")["authMode"]) {
      case "AADToken":
        return this.identity.checkScoringToken(token) && (!this.enforceRoles || this.mayScore(endpoint, token));
      case "AMLToken":
        return this.identity.checkEndpointToken(token, endpoint.id);
      default:
        return Object.values(objectAt(endpoint.hidden, "keys")).includes(token);
    }
  }

  /** Whether the token's principal has a role, at the endpoint or above it, that lets it score. */
  private mayScore(endpoint: Resource, token: string): boolean {
    const principalId = this.identity.principalOf(token);
    return principalId !== undefined && hasRole(this.store, endpoint.id, principalId, MAY_SCORE);
  }
}
