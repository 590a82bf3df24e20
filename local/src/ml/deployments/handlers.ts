import { resourceNotFound } from "../../arm/errors";
import { requireParent } from "../../arm/generic";
import { requireLocation } from "../../arm/locations";
import { setProvisioningState } from "../../arm/provisioning";
import type { ArmRequest, ResourceHandler } from "../../arm/resourceHandler";
import type { Resource } from "../../arm/store";
import { isObject, objectAt } from "../../common/json";
import type { Reply } from "../../http/exchange";
import { listReply, orderBy } from "../../lists/list";
import type { ListOptions } from "../../lists/list";
import { NAME, ONLINE_DEPLOYMENT, deploymentStates, weightOf, withoutDeployment } from "../endpoints/records";
import type { TrafficMap } from "../endpoints/records";
import { requireNoOperation } from "../endpoints/refusals";
import { requireQuota } from "../quotas/refusals";
import { deleteAccepted, operationUrl, writeAccepted } from "../shared/operations";
import { addOperationUri } from "../shared/records";
import { invalidName } from "../shared/refusals";
import type { MlServices } from "../shared/services";
import { requireRanges } from "./ranges";
import { applyAutoscale, deploymentDocument } from "./records";
import {
  checkComputeType,
  containerNotReady,
  deleteWithTraffic,
  deploymentFailed,
  endpointBusy,
  requireAssets,
  requireModel,
  requireReadableModel,
  tooManyDeployments,
} from "./refusals";

/** Recorded: 9 min 42 s for a deployment; the others are assumed. */
const DURATION = { create: 582_000, update: 300_000, scale: 60_000, delete: 60_000 };
const MAX_DEPLOYMENTS = 20;
const LIST: ListOptions = { size: ["$top"], order: orderBy("$orderBy") };
/** "how-to-manage-quotas": instances of a deployment. */
const MOST = 50;

/** Deployments of online endpoints. */
export function onlineDeployments(services: MlServices): ResourceHandler {
  const { store } = services;
  const find = (request: ArmRequest): Resource => {
    const deployment = store.get(request.id.text);
    if (deployment === undefined) throw resourceNotFound(request.id);
    return deployment;
  };
  return {
    get: (request) => ({ status: 200, body: find(request).document }),
    list: (request) => {
      const documents = store.list(ONLINE_DEPLOYMENT, request.id.text).map(({ document }) => document);
      return listReply(services.url, request, documents, LIST);
    },
    put: (request) => putDeployment(services, request),
    patch: (request) => patchDeployment(services, request, find(request)),
    delete: (request) => deleteDeployment(services, request),
    actions: {
      getlogs: (request) => ({ status: 200, body: { content: logText(services, find(request), request.body) } }),
    },
  };
}

function putDeployment(services: MlServices, request: ArmRequest): Reply {
  const { store, operations } = services;
  const { id, body } = request;
  requireParent(request, (parent) => store.get(parent));
  const name = id.names.at(-1) ?? "";
  if (!NAME.test(name)) throw invalidName("deployment", name);
  const endpointId = endpointOf(request);
  const holding = operations.holding(endpointId);
  if (holding !== undefined) throw endpointBusy(name, id.names[1] ?? "", holding.running);
  const given = objectAt(body, "properties");
  requireRanges(body);
  const existing = store.get(id.text);
  if (services.readings.failedDeploymentStays && stateOf(existing) === "Failed") throw deploymentFailed(name);
  if (existing === undefined && deploymentStates(services, endpointId).size >= MAX_DEPLOYMENTS)
    throw tooManyDeployments();
  checkComputeType(store.get(endpointId), name, given);
  requireModel(services, given["model"]);
  requireAssets(services, given);
  const location = requireLocation(body);
  requireQuota(services, id, body, location);

  const resource: Resource = {
    id: existing?.id ?? id.text,
    type: ONLINE_DEPLOYMENT,
    document: deploymentDocument(services, request, existing, location),
    hidden: {},
  };
  const operation = operations.start(
    {
      resourceId: resource.id,
      running: existing === undefined ? "Creating" : "Updating",
      durationMs: existing === undefined ? DURATION.create : DURATION.update,
      complete: async () => {
        if (services.readings.datastoresNeedRole) requireReadableModel(store, resource, store.get(endpointId));
        await services.clock.during(services.serving.load(resource)).catch((error: unknown) => {
          throw containerNotReady(error);
        });
        applyAutoscale(store, resource);
        setProvisioningState(resource, "Succeeded");
        store.touch();
      },
      fail: () => {
        setProvisioningState(resource, "Failed");
        store.touch();
      },
    },
    endpointId,
  );
  const url = operationUrl(services, request, "odidp", location, operation.id);
  addOperationUri(resource, url, {});
  store.put(resource);
  return writeAccepted(services, url, resource.document);
}

/** PATCH accepts tags and the instance count. */
function patchDeployment(services: MlServices, request: ArmRequest, deployment: Resource): Reply {
  const endpointId = endpointOf(request);
  requireNoOperation(services, endpointId);
  const body = isObject(request.body) ? request.body : {};
  requireRanges(body);
  const sku = { ...objectAt(deployment.document, "sku"), ...objectAt(body, "sku") };
  requireQuota(services, request.id, { ...deployment.document, sku }, String(deployment.document["location"]));
  deployment.document = { ...deployment.document, ...(body["tags"] !== undefined && { tags: body["tags"] }) };
  setProvisioningState(deployment, "Scaling");
  const complete = () => {
    deployment.document = { ...deployment.document, sku };
    applyAutoscale(services.store, deployment);
    setProvisioningState(deployment, "Succeeded");
    services.store.touch();
  };
  const operation = services.operations.start(
    { resourceId: deployment.id, running: "Scaling", durationMs: DURATION.scale, complete },
    endpointId,
  );
  const url = operationUrl(services, request, "odidp", String(deployment.document["location"]), operation.id);
  return { ...deleteAccepted(url), body: deployment.document };
}

function deleteDeployment(services: MlServices, request: ArmRequest): Reply {
  const { store, operations, serving } = services;
  const deployment = store.get(request.id.text);
  if (deployment === undefined) return { status: 204 };
  const endpoint = store.get(endpointOf(request));
  const name = String(deployment.document["name"]);
  const properties = objectAt(endpoint?.document, "properties");
  for (const key of ["traffic", "mirrorTraffic"]) {
    const weight = weightOf(objectAt(properties, key) as TrafficMap, name);
    if (weight > 0) throw deleteWithTraffic(name, weight);
  }
  requireNoOperation(services, endpointOf(request));
  setProvisioningState(deployment, "Deleting");
  const complete = () => {
    serving.forget(store.remove(deployment.id));
    if (endpoint === undefined || services.readings.deletedWeightStays) return;
    const left = objectAt(endpoint.document, "properties");
    const [traffic, mirrorTraffic] = (["traffic", "mirrorTraffic"] as const).map((key) =>
      withoutDeployment(objectAt(left, key) as TrafficMap, name),
    );
    endpoint.document = { ...endpoint.document, properties: { ...left, traffic, mirrorTraffic } };
  };
  const operation = operations.start(
    { resourceId: deployment.id, running: "Deleting", durationMs: DURATION.delete, complete },
    endpointOf(request),
  );
  return deleteAccepted(
    operationUrl(services, request, "odidp", String(deployment.document["location"]), operation.id),
  );
}

function stateOf(deployment: Resource | undefined): unknown {
  return objectAt(deployment?.document, "properties")["provisioningState"];
}

function endpointOf({ id }: ArmRequest): string {
  return id.text.split("/").slice(0, -2).join("/");
}

function logText({ serving }: MlServices, { id }: Resource, body: unknown): string {
  const { inferenceServer, storageInitializer } = serving.logsOf(id);
  const { containerType, tail } = isObject(body) ? body : {};
  const log = containerType === "StorageInitializer" ? storageInitializer : inferenceServer;
  return log.read(typeof tail === "number" ? tail : undefined).join("\n");
}

/** `deployments/{d}/skus`: the instance counts that a deployment can be scaled to. */
export function deploymentSkus({ store, url }: MlServices): ResourceHandler {
  const sku = {
    resourceType: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
    sku: { name: "Default", tier: "Standard" },
    capacity: { minimum: 1, maximum: MOST, default: 1, scaleType: "Manual" },
  };
  return {
    list: (request) => {
      if (store.get(request.id.text) === undefined) throw resourceNotFound(request.id);
      return listReply(url, request, [sku], { size: ["count"] });
    },
  };
}
