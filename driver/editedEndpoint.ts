import { valueAt } from "./azureClient";

type Document = Readonly<Record<string, unknown>>;

/** Properties of an endpoint that a PUT may have. */
const WRITABLE = new Set(["authMode", "description", "publicNetworkAccess", "traffic", "mirrorTraffic"]);

/** What somebody puts who has read an endpoint and changes some of it. */
export function editedEndpoint(endpoint: unknown, change: Document): object {
  const properties = Object.entries(valueAt(endpoint, "properties") ?? {}).filter(([key]) => WRITABLE.has(key));
  return {
    location: valueAt(endpoint, "location"),
    identity: { type: valueAt(endpoint, "identity.type") },
    tags: { ...Object(valueAt(endpoint, "tags")), ...Object(change["tags"]) },
    ...(change["identity"] !== undefined && { identity: change["identity"] }),
    properties: { ...Object.fromEntries(properties), ...Object(change["properties"]) },
  };
}
