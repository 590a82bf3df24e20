import { objectAt, textAt } from "../../common/json";
import type { ArmRequest } from "../../arm/resourceHandler";
import type { MlServices } from "../shared/services";
import type { Resource } from "../../arm/store";
import { serviceProperties } from "../shared/operations";
import { principal, systemData } from "../shared/documents";

/** An endpoint as Azure answers it while a PUT is at work: the old weights and addresses stay until that ends. */
export function endpointDocument(
  services: MlServices,
  { id, body }: ArmRequest,
  existing: Resource | undefined,
  location: string,
): Record<string, unknown> {
  const given = objectAt(body, "properties");
  const before = objectAt(existing?.document, "properties");
  return {
    id: existing?.id ?? id.text,
    name: id.names.at(-1),
    type: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
    location,
    tags: objectAt(body, "tags"),
    kind: textAt(body, "kind") ?? "Managed",
    identity: principal(services, body, existing?.document),
    systemData: systemData(services.clock, existing?.document),
    properties: {
      authMode: before["authMode"] ?? given["authMode"],
      compute: given["compute"] ?? null,
      description: given["description"] ?? null,
      keys: null,
      publicNetworkAccess: given["publicNetworkAccess"] ?? "Enabled",
      properties: serviceProperties(existing?.document, given, {}),
      traffic: before["traffic"] ?? {},
      mirrorTraffic: before["mirrorTraffic"] ?? {},
      scoringUri: before["scoringUri"] ?? null,
      swaggerUri: before["swaggerUri"] ?? null,
      provisioningState: existing === undefined ? "Creating" : "Updating",
    },
  };
}
