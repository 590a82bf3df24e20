import { getOnlineDeployment } from "@pulumi/azure-native/machinelearningservices/getOnlineDeployment";
import { getOnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/getOnlineEndpoint";
import type * as pulumi from "@pulumi/pulumi";
import { describeIdentity } from "../settings/identity";
import type { Tags } from "../rollout/record";
import type { TrafficState } from "../rollout/weights";
import { answerOf } from "./answers";
import { remedyFor } from "./remedy";
import { endpointIdOf } from "./ids";
import type { EndpointPath } from "./ids";
import { readServiceError } from "./serviceError";

/** An endpoint as Azure has it now. */
export interface LiveEndpoint extends TrafficState {
  readonly tags: Tags;
  readonly provisioningState: string;
  readonly location: string;
  /** Id of its cluster; undefined for a managed endpoint. */
  readonly compute?: string;
  /** As {@link describeIdentity} formats it. */
  readonly identity?: string;
  readonly authMode: string;
  readonly publicNetworkAccess: string;
  /** Where callers send requests; undefined while it is being created. */
  readonly scoringUri?: string;
  /** When any part of it was last written, RFC 3339. */
  readonly lastModifiedAt?: string;
}

/** A deployment as Azure has it now. */
export interface LiveDeployment {
  readonly provisioningState: string;
  /** Machines or pods; undefined where the cluster decides. */
  readonly instanceCount: number | undefined;
  /** All of its settings, under their names in Azure. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * A read without an answer: while its provider's config is not known yet, azure-native returns nothing at all. That
 * means neither that the resource exists nor that it does not.
 */
export class Unanswered extends Error {
  constructor(name: string) {
    super(
      `cannot read ${name}: the provider gave no answer; give it a config that is known, then run "pulumi up" again`,
    );
  }
}

/**
 * Reads an endpoint.
 *
 * @returns undefined when Azure has none
 * @throws Unanswered when nobody was asked
 * @throws Error when it cannot be read; only hooks may let that through
 */
export async function readEndpoint(
  path: EndpointPath,
  component: pulumi.ComponentResource,
): Promise<LiveEndpoint | undefined> {
  const ask = () => getOnlineEndpoint({ ...path }, { parent: component });
  const endpoint = await orUndefined(path.endpointName, () =>
    answerOf(component, ask(), (id) => endpointIdOf(id, path)),
  );
  if (endpoint === undefined) return undefined;
  const { tags, location, identity, properties, systemData } = endpoint;
  if (isMissing(properties)) throw new Unanswered(path.endpointName);
  return {
    traffic: properties.traffic ?? {},
    mirrorTraffic: properties.mirrorTraffic ?? {},
    tags: tags ?? {},
    provisioningState: properties.provisioningState,
    location,
    ...(properties.compute && { compute: properties.compute }),
    ...(identity && {
      identity: describeIdentity(identity.type, Object.keys(identity.userAssignedIdentities ?? {})),
    }),
    authMode: properties.authMode,
    publicNetworkAccess: properties.publicNetworkAccess ?? "Enabled",
    ...(properties.scoringUri && { scoringUri: properties.scoringUri }),
    ...lastWrite(systemData),
  };
}

/** The SDK types system data as required; an answer without it is no reason to fail. */
function lastWrite(systemData: { readonly lastModifiedAt?: string } | undefined): { readonly lastModifiedAt?: string } {
  const time = systemData?.lastModifiedAt;
  return time === undefined ? {} : { lastModifiedAt: time };
}

/** The provisioning state of a deployment, or undefined when Azure has none of that name. */
export async function readDeploymentState(
  path: EndpointPath,
  deploymentName: string,
  component: pulumi.ComponentResource,
): Promise<string | undefined> {
  const deployment = await readDeployment(path, deploymentName, component);
  return deployment?.provisioningState;
}

/** The number of instances that a deployment has now, or undefined when Azure has none of that name. */
export async function readInstanceCount(
  path: EndpointPath,
  deploymentName: string,
  component: pulumi.ComponentResource,
): Promise<number | undefined> {
  const deployment = await readDeployment(path, deploymentName, component);
  return deployment?.instanceCount;
}

/** The model that a deployment runs now. */
export interface LiveModel {
  /** Id of its model; left out when it has none. */
  readonly id?: string;
}

/** The model of a deployment, or undefined when Azure has no deployment of that name. */
export async function readLiveModel(
  path: EndpointPath,
  deploymentName: string,
  component: pulumi.ComponentResource,
): Promise<LiveModel | undefined> {
  const deployment = await readDeployment(path, deploymentName, component);
  const id = deployment?.properties["model"];
  return deployment && (typeof id === "string" ? { id } : {});
}

/**
 * Reads a deployment.
 *
 * @returns undefined when Azure has none of that name
 * @throws Unanswered when nobody was asked
 * @throws Error when it cannot be read
 */
export async function readDeployment(
  path: EndpointPath,
  deploymentName: string,
  component: pulumi.ComponentResource,
): Promise<LiveDeployment | undefined> {
  const ask = () => getOnlineDeployment({ ...path, deploymentName }, { parent: component });
  const deployment = await orUndefined(deploymentName, () =>
    answerOf(component, ask(), (id) => `${endpointIdOf(id, path)}/deployments/${deploymentName}`),
  );
  if (deployment === undefined) return undefined;
  const { properties, sku } = deployment;
  if (isMissing(properties)) throw new Unanswered(deploymentName);
  return {
    provisioningState: properties.provisioningState,
    instanceCount: sku?.capacity,
    properties: { ...properties },
  };
}

/** The SDK types the properties as required; an answer without them counts as no answer. */
function isMissing(properties: object | undefined): boolean {
  return properties === undefined;
}

/** How azure-native reports a 404: its own error, and the Azure SDK's for a body that it cannot parse. */
const NOT_FOUND = /\bStatus=404\b|\bRESPONSE 404\b/;
/** What the engine and azure-native wrap around a failed read. */
const PREFIX = /^.*?returned an error: (?:request failed \S+: )?/s;

async function orUndefined<T>(name: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isNotFound(error)) return undefined;
    const reason = reasonOf(error);
    throw new Error(`cannot read ${name}: ${reason}; to do: ${remedyFor(readServiceError(reason))}`, { cause: error });
  }
}

/** Whether a read failed because the resource does not exist. */
export function isNotFound(error: unknown): boolean {
  return NOT_FOUND.test(textOf(error));
}

/** Azure's reason for a failed read, without the wrapping. */
export function reasonOf(error: unknown): string {
  return textOf(error).replace(PREFIX, "").replaceAll(/\s+/g, " ").trim();
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
