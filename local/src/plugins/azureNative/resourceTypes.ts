import { isValues } from "../values";
import type { Values } from "../values";

/** One type of resource: where it stands in ARM and how its arguments become a body. */
export interface ResourceType {
  /** Path below the subscription, with the names of arguments in braces. */
  readonly path: string;
  readonly apiVersion: string;
  /** The argument that is made from the resource's name when it is not given. */
  readonly nameArgument: string;
  /** Arguments that stand beside `properties`; all others stand in it. Undefined: `properties` is itself an argument. */
  readonly envelope?: readonly string[];
  /** SDK names of properties that ARM spells otherwise. */
  readonly renamed?: Readonly<Record<string, string>>;
  readonly hasLocation?: boolean;
  /** Storage account names take lower-case letters and digits only. */
  readonly plainName?: boolean;
}

const GROUP = "/resourceGroups/{resourceGroupName}";
const ML = `${GROUP}/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}`;
const ML_VERSION = "2025-12-01";
const TRACKED = ["location", "tags", "sku", "kind", "identity"];

const TYPES: Readonly<Record<string, ResourceType>> = {
  "resources:ResourceGroup": {
    path: GROUP,
    apiVersion: "2024-03-01",
    nameArgument: "resourceGroupName",
    hasLocation: true,
  },
  "resources:Deployment": {
    path: `${GROUP}/providers/Microsoft.Resources/deployments/{deploymentName}`,
    apiVersion: "2024-03-01",
    nameArgument: "deploymentName",
  },
  "storage:StorageAccount": {
    path: `${GROUP}/providers/Microsoft.Storage/storageAccounts/{accountName}`,
    apiVersion: "2024-01-01",
    nameArgument: "accountName",
    envelope: [...TRACKED, "extendedLocation"],
    renamed: {
      enableHttpsTrafficOnly: "supportsHttpsTrafficOnly",
      enableNfsV3: "isNfsV3Enabled",
      networkRuleSet: "networkAcls",
    },
    hasLocation: true,
    plainName: true,
  },
  "storage:BlobContainer": {
    path: `${GROUP}/providers/Microsoft.Storage/storageAccounts/{accountName}/blobServices/default/containers/{containerName}`,
    apiVersion: "2024-01-01",
    nameArgument: "containerName",
    envelope: [],
  },
  "keyvault:Vault": {
    path: `${GROUP}/providers/Microsoft.KeyVault/vaults/{vaultName}`,
    apiVersion: "2024-11-01",
    nameArgument: "vaultName",
    hasLocation: true,
  },
  "applicationinsights:Component": {
    path: `${GROUP}/providers/Microsoft.Insights/components/{resourceName}`,
    apiVersion: "2020-02-02",
    nameArgument: "resourceName",
    envelope: ["location", "tags", "kind", "etag"],
    renamed: {
      applicationType: "Application_Type",
      disableIpMasking: "DisableIpMasking",
      disableLocalAuth: "DisableLocalAuth",
      flowType: "Flow_Type",
      forceCustomerStorageForProfiler: "ForceCustomerStorageForProfiler",
      hockeyAppId: "HockeyAppId",
      immediatePurgeDataOn30Days: "ImmediatePurgeDataOn30Days",
      ingestionMode: "IngestionMode",
      requestSource: "Request_Source",
      retentionInDays: "RetentionInDays",
      samplingPercentage: "SamplingPercentage",
      workspaceResourceId: "WorkspaceResourceId",
    },
    hasLocation: true,
  },
  "operationalinsights:Workspace": {
    path: `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/{workspaceName}`,
    apiVersion: "2023-09-01",
    nameArgument: "workspaceName",
    envelope: ["location", "tags", "identity"],
    hasLocation: true,
  },
  "machinelearningservices:Workspace": {
    path: ML,
    apiVersion: ML_VERSION,
    nameArgument: "workspaceName",
    envelope: TRACKED,
    hasLocation: true,
  },
  "machinelearningservices:Datastore": {
    path: `${ML}/datastores/{name}`,
    apiVersion: ML_VERSION,
    nameArgument: "name",
  },
  "machinelearningservices:ModelContainer": {
    path: `${ML}/models/{name}`,
    apiVersion: ML_VERSION,
    nameArgument: "name",
  },
  "machinelearningservices:ModelVersion": {
    path: `${ML}/models/{name}/versions/{version}`,
    apiVersion: ML_VERSION,
    nameArgument: "version",
  },
  "machinelearningservices:OnlineEndpoint": {
    path: `${ML}/onlineEndpoints/{endpointName}`,
    apiVersion: ML_VERSION,
    nameArgument: "endpointName",
    hasLocation: true,
  },
  "machinelearningservices:OnlineDeployment": {
    path: `${ML}/onlineEndpoints/{endpointName}/deployments/{deploymentName}`,
    apiVersion: ML_VERSION,
    nameArgument: "deploymentName",
    hasLocation: true,
  },
};

/** The type behind a token such as `azure-native:machinelearningservices:OnlineEndpoint`, with or without a version. */
export function resourceType(token: string): ResourceType {
  const [, module = "", name = ""] = token.split(":");
  const type = TYPES[`${module.split("/")[0] ?? ""}:${name}`];
  if (type !== undefined) return type;
  throw new Error(
    `${token} has no stand-in; install the azure-native plugin, or use one of ${Object.keys(TYPES).join(", ")}`,
  );
}

/** Names of the arguments that are part of the path: a change of one of them replaces the resource. */
export function pathArguments({ path }: ResourceType): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
}

export function resourceId(type: ResourceType, subscriptionId: string, inputs: Values): string {
  const path = type.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(inputs[name]));
  return `/subscriptions/${subscriptionId}${path}`;
}

/** The path arguments of a resource, from its id. */
export function argumentsOfId(type: ResourceType, id: string): Values {
  const parts = id.split("/").slice(3);
  const pattern = type.path.split("/").slice(1);
  const named = pattern.flatMap((segment, index): [string, unknown][] => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    return name === undefined ? [] : [[name, parts[index]]];
  });
  return Object.fromEntries(named);
}

/** The body of a PUT, from the arguments of the SDK. */
export function toBody(type: ResourceType, inputs: Values): Values {
  const path = new Set(pathArguments(type));
  const given = Object.fromEntries(Object.entries(inputs).filter(([key]) => !path.has(key)));
  const identified = isValues(given["identity"]) ? { ...given, identity: identityToArm(given["identity"]) } : given;
  const { envelope, renamed = {} } = type;
  if (envelope === undefined) return identified;
  const [outer, inner]: [Values, Values] = [{}, {}];
  for (const [key, value] of Object.entries(identified)) {
    if (envelope.includes(key)) outer[key] = value;
    else inner[renamed[key] ?? key] = value;
  }
  return { ...outer, properties: inner };
}

/** The outputs of the SDK, from a document of ARM. */
export function toOutputs(type: ResourceType, document: Values): Values {
  const { properties, ...outer } = document;
  const { envelope, renamed = {}, apiVersion } = type;
  if (envelope === undefined) return { ...document, azureApiVersion: apiVersion };
  const names = Object.fromEntries(Object.entries(renamed).map(([sdk, arm]) => [arm, sdk]));
  const inner = isValues(properties)
    ? Object.entries(properties).map(([key, value]) => [names[key] ?? key, value])
    : [];
  return { ...(Object.fromEntries(inner) as Values), ...outer, azureApiVersion: apiVersion };
}

/** The SDK lists user-assigned identities; ARM has a map of them. */
function identityToArm(identity: Values): Values {
  const ids = identity["userAssignedIdentities"];
  if (!Array.isArray(ids)) return identity;
  return { ...identity, userAssignedIdentities: Object.fromEntries(ids.map((id: unknown) => [String(id), {}])) };
}
