import { isDeepStrictEqual } from "node:util";
import { isMap } from "../../components/values/shape";
import { show } from "../../components/values/violation";
import type { Values } from "../stack/exportedStack";
import { AZURE_DEFAULTS, AZURE_VARIABLES, isCurated } from "../../components/settings/deployments";
import type { Service } from "./service";
import { mapIn, nameIn, textIn } from "../stack/exportedStack";

/** Read-only in Azure, or compared elsewhere. */
const NOT_SETTINGS: ReadonlySet<string> = new Set([
  "endpointComputeType",
  "instanceType",
  "model",
  "properties",
  "provisioningState",
]);
const VARIABLES = "environmentVariables";

/**
 * Settings of the service that a program does not declare. They stay until the next write of the deployment or
 * endpoint, which resets them to what is declared.
 *
 * @param declared - the inputs that the program gives a deployment; undefined where it does not declare it
 */
export function undeclaredSettings(
  service: Service,
  declared: (deployment: string) => Values | undefined,
): readonly string[] {
  return [
    ...undeclaredOfEndpoint(service),
    ...service.deployments.flatMap((deployment) => undeclaredOf(deployment, declared(nameIn(deployment)) ?? {})),
  ];
}

function undeclaredOfEndpoint({ endpoint }: Service): string[] {
  const description = textIn(endpoint, "properties.description") ?? "";
  if (description === "") return [];
  return [
    `the endpoint's description ${show(description)} cannot be declared: the first traffic step writes the endpoint without it`,
  ];
}

function undeclaredOf(deployment: Values, inputs: Values): string[] {
  const name = nameIn(deployment);
  const declared = { ...AZURE_DEFAULTS, ...mapIn(inputs, "properties") };
  const settings = leaves(withoutAzures(mapIn(deployment, "properties")), []).flatMap(({ path, value }) => {
    const wanted = leafOf(declared, path) ?? leafOf(AZURE_DEFAULTS, path);
    if (NOT_SETTINGS.has(path[0] ?? "") || isDeepStrictEqual(value, wanted)) return [];
    const difference = `is ${show(value)} and the program declares ${wanted === undefined ? "none" : show(wanted)}`;
    // A variable may be a secret.
    return `deployment ${name}: ${path.join(".")} ${path[0] === VARIABLES ? "is set and not declared" : difference}; ${LATER}`;
  });
  const tags = Object.keys(mapIn(deployment, "tags")).filter((tag) => !(tag in mapIn(inputs, "tags")));
  return [
    ...settings,
    ...(tags.length > 0 ? [`deployment ${name}: the tags ${tags.join(", ")} are not declared; ${LATER}`] : []),
  ];
}

const LATER = "it stays as it is until the deployment is next written, such as for another instance count";

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** All values with their paths; null and empty ones count as not set. */
function leaves(value: unknown, path: readonly string[]): Leaf[] {
  if (value === null || value === undefined || value === "") return [];
  if (isMap(value)) return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
  return [{ path, value }];
}

function leafOf(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isMap(inner) ? inner[key] : undefined), value);
}

/** Without the values Azure sets itself for an MLflow model. */
function withoutAzures(properties: Values): Values {
  const { environmentId, ...others } = properties;
  const variables = Object.entries(mapIn(properties, VARIABLES)).filter(([key]) => !AZURE_VARIABLES.has(key));
  return {
    ...others,
    ...(typeof environmentId === "string" && !isCurated(environmentId) && { environmentId }),
    [VARIABLES]: Object.fromEntries(variables),
  };
}
