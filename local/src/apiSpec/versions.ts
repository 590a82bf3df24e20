import { badRequest, notFound } from "../arm/errors";
import type { ArmError } from "../arm/errors";
import type { ResourceId } from "../arm/ids";
import { LOCATIONS } from "../arm/locations";
import { textAt } from "../common/json";
import PUBLISHED from "./versions.json";

/**
 * Versions besides azure-native's, by type or provider: for types that it lacks, and older ones that Microsoft's
 * clients still use.
 */
const OTHERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    resourcegroups:
      "2016-06-01 2016-09-01 2017-05-10 2018-02-01 2018-05-01 2019-05-01 2019-05-10 2019-06-01 2019-10-01 2019-11-01 2020-01-01 2020-06-01 2020-08-01 2022-01-01 2022-12-01",
    "microsoft.resources":
      "2016-09-01 2017-05-10 2018-02-01 2018-05-01 2019-05-01 2019-05-10 2019-10-01 2020-06-01 2020-08-01",
    "microsoft.storage":
      "2015-06-15 2016-01-01 2016-05-01 2016-12-01 2017-06-01 2017-10-01 2018-02-01 2018-07-01 2018-11-01 2019-04-01 2019-06-01 2021-01-01 2021-02-01 2021-04-01 2021-06-01 2021-08-01 2021-09-01 2022-05-01",
    "microsoft.keyvault": "2015-06-01 2016-10-01 2018-02-14 2019-09-01 2021-10-01 2022-07-01 2022-11-01",
    "microsoft.authorization":
      "2015-07-01 2018-01-01-preview 2018-07-01 2018-09-01-preview 2020-03-01-preview 2020-04-01-preview",
    "microsoft.containerregistry": "2017-10-01 2019-05-01",
    "microsoft.managedidentity": "2018-11-30",
    "microsoft.insights/metrics": "2018-01-01 2019-07-01 2021-05-01 2023-10-01 2024-02-01",
    "microsoft.insights/eventtypes": "2014-04-01 2015-04-01",
    "microsoft.insights/metricdefinitions": "2018-01-01 2021-05-01 2023-10-01 2024-02-01",
    "microsoft.insights/autoscalesettings": "2014-04-01 2015-04-01 2022-10-01",
    "microsoft.insights/diagnosticsettings": "2016-09-01 2017-05-01-preview",
    "microsoft.insights/actiongroups": "2019-06-01 2023-01-01",
  }),
);
const published: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(PUBLISHED));
const known = new Map<string, readonly string[]>();

/**
 * The API versions of a type, oldest first; if they are unknown, those of its provider.
 *
 * @param type lower case; `resourcegroups` for what has no provider
 */
export function apiVersionsOf(type: string): readonly string[] {
  const before = known.get(type);
  if (before !== undefined) return before;
  const [provider = ""] = type.split("/");
  const own = published.get(type) ?? (OTHERS.has(type) && type.includes("/") ? [] : versionsBelow(provider));
  const others = [type, provider].flatMap((name) => OTHERS.get(name)?.split(" ") ?? []);
  const versions = [...new Set([...own, ...others])].toSorted();
  known.set(type, versions);
  return versions;
}

/** The API versions of what an id names: a resource, or a collection such as the metrics of one. */
export function apiVersionsAt({ provider, types, tail, fullType }: ResourceId): readonly string[] {
  const own = `${fullType === "" ? (provider ?? "").toLowerCase() : fullType}/${tail?.toLowerCase() ?? ""}`;
  if (provider === undefined) return apiVersionsOf("resourcegroups");
  if (published.has(own) || OTHERS.has(own)) return apiVersionsOf(own);
  // Questions about a provider go to it or to Microsoft.Resources, which registers it.
  if (types.length === 0) return [...apiVersionsOf(provider.toLowerCase()), ...apiVersionsOf("resourcegroups")];
  return apiVersionsOf(fullType);
}

/**
 * Refuses a version that does not exist, as Azure Resource Manager does.
 *
 * @param location where the resource is or will be, if known
 */
export function requireApiVersion(id: ResourceId, apiVersion: string, location: unknown): void {
  const { provider, types, tail } = id;
  const versions = apiVersionsAt(id);
  if (versions.includes(apiVersion)) return;
  throw refusal(
    provider,
    [...types, ...(types.length === 0 && tail !== undefined ? [tail] : [])],
    apiVersion,
    versions,
    location,
  );
}

function refusal(
  provider: string | undefined,
  types: readonly string[],
  apiVersion: string,
  versions: readonly string[],
  location: unknown,
): ArmError {
  if (provider === undefined) {
    return badRequest(
      "InvalidApiVersionParameter",
      `The api-version '${apiVersion}' is invalid. The supported versions are '${versions.toReversed().join(",")}'.`,
    );
  }
  const [type, supported] = [types.join("/"), `The supported api-versions are '${versions.join(", ")}'.`];
  const place = textAt({ location }, "location");
  if (place === undefined) {
    return notFound(
      "InvalidResourceType",
      `The resource type '${type}' could not be found in the namespace '${provider}' for api version '${apiVersion}'. ${supported}`,
    );
  }
  const locations = LOCATIONS.map(([name]) => name).join(", ");
  return badRequest(
    "NoRegisteredProviderFound",
    `No registered resource provider found for location '${place}' and API version '${apiVersion}' for type '${type}'. ${supported} The supported locations are '${locations}'.`,
  );
}

function versionsBelow(provider: string): readonly string[] {
  return [...published].flatMap(([type, versions]) => (type.split("/")[0] === provider ? versions : []));
}
