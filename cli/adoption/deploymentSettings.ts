import { isDeepStrictEqual } from "node:util";
import type { DeploymentArgs } from "../../components/args";
import type { ProbeArgs } from "../../components/args/serving";
import type { Values } from "../stack/exportedStack";
import { AZURE_DEFAULTS, isCurated } from "../../components/settings/deployments";
import { tagsOf } from "./service";
import { mapIn, textIn, valueIn } from "../stack/exportedStack";

/** The settings of a deployment that may go into config; not its variables, which may be secret. */
export type DeclaredSettings = Pick<
  DeploymentArgs,
  | "appInsightsEnabled"
  | "codeConfiguration"
  | "description"
  | "egressPublicNetworkAccess"
  | "environmentId"
  | "livenessProbe"
  | "modelMountPath"
  | "readinessProbe"
  | "requestSettings"
  | "startupProbe"
  | "tags"
>;

const PROBES = ["livenessProbe", "readinessProbe", "startupProbe"] as const;

/** The settings of a deployment, as arguments, without Azure's defaults. */
export function declaredSettings(deployment: Values): DeclaredSettings {
  const properties = mapIn(deployment, "properties");
  const set = (name: string): string | undefined => {
    const value = textIn(properties, name);
    return value === undefined || value === "" || value === AZURE_DEFAULTS[name] ? undefined : value;
  };
  const [description, modelMountPath, environmentId] = ["description", "modelMountPath", "environmentId"].map(set);
  const tags = tagsOf(deployment);
  return {
    ...requestSettings(mapIn(properties, "requestSettings")),
    ...Object.fromEntries(PROBES.flatMap((name) => probeArgs(name, mapIn(properties, name)))),
    ...(valueIn(properties, "appInsightsEnabled") === true && { appInsightsEnabled: true }),
    ...(set("egressPublicNetworkAccess") === "Disabled" && { egressPublicNetworkAccess: "Disabled" as const }),
    ...(description !== undefined && { description }),
    ...(environmentId !== undefined && !isCurated(environmentId) && { environmentId }),
    ...codeConfiguration(properties),
    ...(modelMountPath !== undefined && { modelMountPath }),
    ...(Object.keys(tags).length > 0 && { tags }),
  };
}

function requestSettings(settings: Values): Pick<DeclaredSettings, "requestSettings"> {
  const concurrent = valueIn(settings, "maxConcurrentRequestsPerInstance");
  const seconds = secondsIn(settings, "requestTimeout");
  const declared = {
    ...(typeof concurrent === "number" && concurrent !== 1 && { maxConcurrentRequestsPerInstance: concurrent }),
    ...(seconds !== undefined && seconds !== 5 && { requestTimeoutSeconds: seconds }),
  };
  return Object.keys(declared).length > 0 ? { requestSettings: declared } : {};
}

function probeArgs(name: (typeof PROBES)[number], probe: Values): [string, ProbeArgs][] {
  if (Object.keys(probe).length === 0 || isDeepStrictEqual(probe, AZURE_DEFAULTS[name])) return [];
  const entries: [keyof ProbeArgs, unknown][] = [
    ["initialDelaySeconds", secondsIn(probe, "initialDelay")],
    ["periodSeconds", secondsIn(probe, "period")],
    ["timeoutSeconds", secondsIn(probe, "timeout")],
    ["failureThreshold", valueIn(probe, "failureThreshold")],
    ["successThreshold", valueIn(probe, "successThreshold")],
  ];
  return [[name, Object.fromEntries(entries.filter(([, value]) => typeof value === "number"))]];
}

function codeConfiguration(properties: Values): Pick<DeclaredSettings, "codeConfiguration"> {
  const scoringScript = textIn(properties, "codeConfiguration.scoringScript");
  const codeId = textIn(properties, "codeConfiguration.codeId");
  if (scoringScript === undefined) return {};
  return { codeConfiguration: { scoringScript, ...(codeId !== undefined && { codeId }) } };
}

/** A duration such as `PT1M30S` in seconds, if it has only whole hours, minutes and seconds. */
function secondsIn(document: Values, path: string): number | undefined {
  const [, hours = "0", minutes = "0", seconds = "0"] =
    /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(textIn(document, path) ?? "-") ?? [];
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return total === 0 ? undefined : total;
}
