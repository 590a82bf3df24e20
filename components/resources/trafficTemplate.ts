import type { EndpointKind } from "../rollout/endpointKind";
import { DEFAULT_IDENTITY } from "../rollout/identity";

/** The API version of the endpoint resource, so that the traffic step writes the shape that the endpoint was created with. */
const ENDPOINT_API_VERSION = "2025-12-01";

/**
 * The template of the traffic steps of endpoints of a kind, with or without user-assigned identities. It never changes,
 * all that does is a parameter: so a preview shows `blue: 100 => 90` and nothing else.
 *
 * It puts the whole endpoint, since Azure's PUT is a full replace.
 */
export const trafficTemplate = (kind: EndpointKind, namesIdentities = false) => ({
  $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  contentVersion: "1.0.0.0",
  parameters: {
    traffic: { type: "object" },
    mirrorTraffic: { type: "object" },
    tags: { type: "object" },
    endpoint: { type: "object" },
    declared: { type: "object" },
  },
  resources: [
    {
      type: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
      apiVersion: ENDPOINT_API_VERSION,
      name: "[parameters('endpoint').name]",
      location: "[parameters('endpoint').location]",
      kind,
      identity: namesIdentities ? "[parameters('endpoint').identity]" : { type: DEFAULT_IDENTITY },
      tags: "[parameters('tags')]",
      properties: {
        // Azure knows a compute only for this kind.
        ...(kind === "Kubernetes" && { compute: "[parameters('endpoint').compute]" }),
        authMode: "[parameters('endpoint').authMode]",
        publicNetworkAccess: "[parameters('endpoint').publicNetworkAccess]",
        traffic: "[parameters('traffic')]",
        mirrorTraffic: "[parameters('mirrorTraffic')]",
      },
    },
  ],
});
