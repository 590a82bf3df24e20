import { notFound } from "./errors";
import type { Namespace, ResourceTypes } from "./resourceTypes";
import type { ResourceHandler } from "./resourceHandler";
import { LOCATIONS } from "./locations";

/** A version of each provider's API for clients that look one up; any other is served too. */
const API_VERSIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ["Microsoft.App", ["2025-02-02-preview", "2024-03-01"]],
  ["Microsoft.Authorization", ["2022-04-01"]],
  ["Microsoft.ContainerRegistry", ["2023-07-01", "2023-01-01-preview"]],
  ["Microsoft.Insights", ["2022-10-01", "2020-02-02", "2018-03-01", "2021-05-01-preview"]],
  ["Microsoft.KeyVault", ["2024-11-01", "2023-07-01"]],
  ["Microsoft.MachineLearningServices", ["2025-12-01", "2024-04-01"]],
  ["Microsoft.ManagedIdentity", ["2023-01-31"]],
  ["Microsoft.Network", ["2024-05-01", "2024-06-01", "2020-06-01"]],
  ["Microsoft.OperationalInsights", ["2023-09-01"]],
  ["Microsoft.Resources", ["2024-03-01"]],
  ["Microsoft.Storage", ["2024-01-01", "2023-05-01"]],
]);

/** Resource providers, all of them registered. */
export function providers(types: ResourceTypes, subscriptionId: string): ResourceHandler {
  const find = (name: string | undefined): Namespace => {
    const found = types.namespaces().find((namespace) => namespace.name.toLowerCase() === name?.toLowerCase());
    if (found !== undefined) return found;
    throw notFound("InvalidResourceNamespace", `The resource namespace '${name ?? ""}' is invalid.`);
  };
  const shown = ({ name, types: own }: Namespace) => ({
    id: `/subscriptions/${subscriptionId}/providers/${name}`,
    namespace: name,
    registrationState: "Registered",
    registrationPolicy: "RegistrationRequired",
    resourceTypes: own.map((resourceType) => ({
      resourceType,
      locations: LOCATIONS.map(([, displayName]) => displayName),
      apiVersions: API_VERSIONS.get(name) ?? [],
      capabilities: "SupportsTags, SupportsLocation",
    })),
  });
  return {
    get: ({ id }) => ({ status: 200, body: shown(find(id.provider)) }),
    list: () => ({ status: 200, body: { value: types.namespaces().map(shown) } }),
    actions: { register: ({ id }) => ({ status: 200, body: shown(find(id.provider)) }) },
  };
}
