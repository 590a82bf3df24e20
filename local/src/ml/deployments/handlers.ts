import { isObject, objectAt } from "../../common/json";
import { requireLocation } from "../../arm/body";
import { requireParent } from "../../arm/generic";
import { OperationFailure } from "../../arm/operations";
import { resourceNotFound } from "../../arm/errors";
import type { ArmRequest, ResourceHandler } from "../../arm/resourceHandler";
import type { MlServices } from "../shared/services";
import type { Resource } from "../../arm/store";
import type { Reply } from "../../http/exchange";
import { listReply, orderBy } from "../../lists/list";
import type { ListOptions } from "../../lists/list";
import { deleting, operationUrl, written } from "../shared/operations";
import { requireAssets, requireModel } from "./assets";
import { requireRanges } from "./ranges";
import { deploymentDocument } from "./records";
import { NAME, ONLINE_DEPLOYMENT, addOperation, deploymentStates, requireIdle, setState } from "../endpoints/records";
import { checkComputeType } from "../endpoints/kubernetes";
import { requireReadable } from "./modelAccess";
import { requireQuota } from "../quotas/handlers";
import { refusals } from "../shared/refusals";
import { scaleWithin } from "./scale";
import { weightOf, without } from "../endpoints/traffic";
import type { TrafficMap } from "../endpoints/traffic";

/** Recorded: 9 min 42 s for a deployment; the others are assumed. */
const DURATION = { create: 582_000, update: 300_000, scale: 60_000, delete: 60_000 };
const MAX_DEPLOYMENTS = 20;
const LIST: ListOptions = { size: ["$top"], order: orderBy("$orderBy") };

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
  if (!NAME.test(name)) throw refusals.name("deployment", name);
  const endpointId = endpointOf(request);
  const holding = operations.holding(endpointId);
  if (holding !== undefined) throw refusals.busy(name, id.names[1] ?? "", holding.running);
  const given = objectAt(body, "properties");
  requireRanges(body);
  const existing = store.get(id.text);
  if (services.readings.failedDeploymentStays && stateOf(existing) === "Failed") throw refusals.failedDeployment(name);
  if (existing === undefined && deploymentStates(services, endpointId).size >= MAX_DEPLOYMENTS)
    throw refusals.tooManyDeployments();
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
        if (services.readings.datastoresNeedRole) requireReadable(store, resource, store.get(endpointId));
        await services.clock.during(services.serving.load(resource)).catch((error: unknown) => {
          throw containerFailure(error);
        });
        scaleWithin(store, resource);
        setState(resource, "Succeeded");
        store.touch();
      },
      fail: () => {
        setState(resource, "Failed");
        store.touch();
      },
    },
    endpointId,
  );
  const url = operationUrl(services, request, "odidp", location, operation.id);
  addOperation(resource, url, {});
  store.put(resource);
  return written(services, url, resource.document);
}

/** PATCH takes tags and the number of instances. */
function patchDeployment(services: MlServices, request: ArmRequest, deployment: Resource): Reply {
  const endpointId = endpointOf(request);
  requireIdle(services, endpointId);
  const body = isObject(request.body) ? request.body : {};
  requireRanges(body);
  const sku = { ...objectAt(deployment.document, "sku"), ...objectAt(body, "sku") };
  requireQuota(services, request.id, { ...deployment.document, sku }, String(deployment.document["location"]));
  deployment.document = { ...deployment.document, ...(body["tags"] !== undefined && { tags: body["tags"] }) };
  setState(deployment, "Scaling");
  const complete = () => {
    deployment.document = { ...deployment.document, sku };
    scaleWithin(services.store, deployment);
    setState(deployment, "Succeeded");
    services.store.touch();
  };
  const operation = services.operations.start(
    { resourceId: deployment.id, running: "Scaling", durationMs: DURATION.scale, complete },
    endpointId,
  );
  const url = operationUrl(services, request, "odidp", String(deployment.document["location"]), operation.id);
  return { ...deleting(url), body: deployment.document };
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
    if (weight > 0) throw refusals.deleteWithTraffic(name, weight);
  }
  requireIdle(services, endpointOf(request));
  setState(deployment, "Deleting");
  const complete = () => {
    serving.forget(store.remove(deployment.id));
    if (endpoint === undefined || services.readings.deletedWeightStays) return;
    const left = objectAt(endpoint.document, "properties");
    const [traffic, mirrorTraffic] = (["traffic", "mirrorTraffic"] as const).map((key) =>
      without(objectAt(left, key) as TrafficMap, name),
    );
    endpoint.document = { ...endpoint.document, properties: { ...left, traffic, mirrorTraffic } };
  };
  const operation = operations.start(
    { resourceId: deployment.id, running: "Deleting", durationMs: DURATION.delete, complete },
    endpointOf(request),
  );
  return deleting(operationUrl(services, request, "odidp", String(deployment.document["location"]), operation.id));
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

/** A container that does not start: the deployment stays, in state Failed (Azure/mlops-v2#120). */
function containerFailure(error: unknown): OperationFailure {
  const text = error instanceof Error ? error.message : String(error);
  return new OperationFailure({
    code: "ResourceNotReady",
    message: `User container has crashed or terminated: ${text.split("\n")[0] ?? ""}. Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-resourcenotready`,
  });
}
