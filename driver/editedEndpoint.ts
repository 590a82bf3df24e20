import { valueAt } from "./azureClient";

type Document = Readonly<Record<string, unknown>>;

/** Endpoint properties that a PUT may contain. */
const WRITABLE = new Set(["authMode", "description", "publicNetworkAccess", "traffic", "mirrorTraffic"]);

/** The PUT body of somebody who read an endpoint and changes parts of it. */
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
