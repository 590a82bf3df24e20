import { ArmError, badRequest } from "../../arm/errors";
import { OperationFailure } from "../../arm/operations";
import type { Resource, Store } from "../../arm/store";
import { hasRole } from "../../authorization/records";
import { isObject, objectAt, textAt, toText } from "../../common/json";
import { CODES, ENVIRONMENTS, modelVersionAt, versionsType } from "../assets/records";
import { datastoreOf } from "../datastores/records";
import { innerServiceRefusal, invalidProperty } from "../shared/refusals";
import type { MlServices } from "../shared/services";

/** Built-in roles that let a principal read blobs. */
const MAY_READ = new Set([
  "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", // Storage Blob Data Reader
  "ba92f5b4-2d11-453d-a403-e96b0029c9fe", // Storage Blob Data Contributor
  "b7e6dc6d-f1e8-4753-8033-0f276bb0955b", // Storage Blob Data Owner
]);
/** The datastores that a workspace comes with, both in its default storage account. */
const OWN_DATASTORES = new Set(["workspaceblobstore", "workspaceartifactstore"]);
/** "how-to-manage-quotas": the names of endpoint and deployment together, on Kubernetes. */
const MOST_OF_NAMES = 62;

// assumed text; rule: "how-to-deploy-online-endpoints"
export function deleteWithTraffic(name: string, weight: number): ArmError {
  return invalidProperty(
    "deployment",
    `Deployment '${name}' has ${weight}% of the traffic and cannot be deleted. Set its traffic to 0 first.`,
  );
}

// Azure/azure-sdk-for-net#36961; the status of that reply is assumed
export function endpointBusy(deployment: string, endpoint: string, state: string): ArmError {
  return new ArmError(409, {
    code: "Conflict",
    message: `Cannot create a deployment in endpoint ${endpoint} because it is in ${state} provisioning state. (${deployment})`,
  });
}

// assumed text
function wrongComputeType(type: string, expected: string): ArmError {
  return invalidProperty("endpointComputeType", `A deployment of this endpoint must be ${expected}, got '${type}'.`);
}

// assumed text; rule: "reference-yaml-deployment-managed-online"
function managedScaleType(type: string): ArmError {
  return invalidProperty(
    "scaleSettings",
    `A managed deployment has the scale type Default, got '${type}'; use Azure Monitor autoscale.`,
  );
}

// assumed text; rule: "how-to-manage-quotas"
function namesTooLong(length: number, most: number): ArmError {
  return invalidProperty(
    "deployment",
    `The names of endpoint and deployment have ${length} characters together, ${most} are allowed.`,
  );
}

// assumed text
function environmentNotFound(environment: string): ArmError {
  return invalidProperty("environmentId", `Environment '${environment}' was not found.`);
}

// assumed text
function codeNotFound(code: string): ArmError {
  return invalidProperty("codeConfiguration", `Code '${code}' was not found.`);
}

// assumed text; rule: "how-to-manage-quotas"
export function tooManyDeployments(): ArmError {
  return innerServiceRefusal("The endpoint has reached the limit of 20 deployments.");
}

// assumed; the other reading is a PUT that starts the deployment anew
export function deploymentFailed(name: string): ArmError {
  return invalidProperty(
    "deployment",
    `Deployment '${name}' is in Failed provisioning state. Delete it before it is created again.`,
  );
}

// assumed text
function modelNotFound(model: string): ArmError {
  return invalidProperty("model", `Model '${model}' was not found.`);
}

/** Refuses a deployment whose model does not exist. */
export function requireModel({ store }: MlServices, model: unknown): void {
  if (typeof model !== "string" || model === "") throw modelMissing();
  if (modelVersionAt(store, model) === undefined) throw modelNotFound(model);
}

/** What an environment or a scoring script of one's own is registered as; the model is scored by its MLflow flavour here. */
export function requireAssets({ store }: MlServices, properties: Record<string, unknown>): void {
  const environment = properties["environmentId"];
  const isShared = typeof environment === "string" && environment.startsWith("azureml://registries/");
  const isEnvironment = store.get(toText(environment))?.type === versionsType(ENVIRONMENTS);
  if (isGiven(environment) && !isShared && !isEnvironment) throw environmentNotFound(toText(environment));
  const { codeId } = objectAt(properties, "codeConfiguration");
  if (isGiven(codeId) && store.get(toText(codeId))?.type !== versionsType(CODES)) throw codeNotFound(toText(codeId));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/**
 * Fails the deployment of a model that the identity of its endpoint may not read: one in a datastore that the workspace
 * did not come with, or one for whose storage account a user-assigned identity lacks the role. A system-assigned one is
 * given the role by the service ("how-to-access-resources-from-endpoints-managed-identities").
 *
 * @throws OperationFailure with the code of the troubleshooting guide; its text is assumed
 */
export function requireReadableModel(store: Store, deployment: Resource, endpoint: Resource | undefined): void {
  const version = modelVersionAt(store, toText(objectAt(deployment.document, "properties")["model"]));
  const datastore = datastoreOf(textAt(objectAt(version?.document, "properties"), "modelUri") ?? "", store);
  if (datastore === undefined) return;
  const name = toText(datastore.document["name"]);
  const workspace = store.get(datastore.id.split("/").slice(0, -2).join("/"));
  const account = toText(objectAt(workspace?.document, "properties")["storageAccount"]);
  const principals = principalsOf(endpoint);
  const isRead = principals === "given" || principals.some((each) => hasRole(store, account, each, MAY_READ));
  if (OWN_DATASTORES.has(name) && isRead) return;
  throw new OperationFailure({
    code: "BadArgument",
    message: `Authorization error: the identity of the endpoint cannot download the model from the datastore '${name}'. It needs the role Storage Blob Data Reader on the default datastore of the workspace. Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-badargument`,
  });
}

/** Principals of the user-assigned identities; `given` for a system-assigned one, whose roles the service assigns. */
function principalsOf(endpoint: Resource | undefined): "given" | readonly string[] {
  const identity = objectAt(endpoint?.document, "identity");
  if (toText(identity["type"]).startsWith("SystemAssigned")) return "given";
  return Object.values(objectAt(identity, "userAssignedIdentities"))
    .filter(isObject)
    .map(({ principalId }) => toText(principalId));
}

/** Refuses a deployment of another kind than its endpoint, and what only one kind has. */
export function checkComputeType(
  endpoint: Resource | undefined,
  name: string,
  properties: Record<string, unknown>,
): void {
  const endpointName = toText(endpoint?.document["name"]);
  const compute = objectAt(endpoint?.document, "properties")["compute"] ?? null;
  const expected = compute === null ? "Managed" : "Kubernetes";
  const type = toText(properties["endpointComputeType"]);
  if (type !== expected) throw wrongComputeType(type, expected);
  const scaleType = textAt(objectAt(properties, "scaleSettings"), "scaleType") ?? "Default";
  if (expected === "Managed" && scaleType !== "Default") throw managedScaleType(scaleType);
  const length = endpointName.length + name.length;
  if (expected === "Kubernetes" && length > MOST_OF_NAMES) throw namesTooLong(length, MOST_OF_NAMES);
}

/** A container that does not start: the deployment stays, in state Failed (Azure/mlops-v2#120). */
export function containerNotReady(error: unknown): OperationFailure {
  const text = error instanceof Error ? error.message : String(error);
  return new OperationFailure({
    code: "ResourceNotReady",
    message: `User container has crashed or terminated: ${text.split("\n")[0] ?? ""}. Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-resourcenotready`,
  });
}

function modelMissing(): ArmError {
  return badRequest(
    "BadRequest",
    "A deployment without an environment needs an MLflow model: properties.model is missing.",
  );
}
