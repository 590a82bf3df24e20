import { versionsOf } from "../apiSpec/versions";
import { notFound } from "../arm/errors";
import type { Namespace, ServedTypes } from "../routing/servedTypes";
import type { ResourceHandler } from "../arm/resourceHandler";
import { LOCATIONS } from "../arm/locations";

/** Resource providers, all of them registered. */
export function providers(types: ServedTypes, subscriptionId: string): ResourceHandler {
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
      apiVersions: versionsOf(`${name}/${resourceType}`.toLowerCase()).toReversed(),
      capabilities: "SupportsTags, SupportsLocation",
    })),
  });
  return {
    get: ({ id }) => ({ status: 200, body: shown(find(id.provider)) }),
    list: () => ({ status: 200, body: { value: types.namespaces().map(shown) } }),
    actions: { register: ({ id }) => ({ status: 200, body: shown(find(id.provider)) }) },
  };
}
