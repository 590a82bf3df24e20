import { operationNotFound, resourceNotFound } from "../arm/errors";
import type { ArmErrorDetail } from "../arm/errors";
import { groupOf, parentOf } from "../arm/ids";
import type { ArmRequest, ResourceHandler } from "../arm/resourceHandler";
import type { Resource } from "../arm/store";
import { objectAt } from "../common/json";
import type { Json } from "../common/json";
import type { TemplateResource } from "./language/resources";
import { evaluateTemplate } from "./language/template";
import type { EvaluatedTemplate } from "./language/template";
import { TEMPLATE_DEPLOYMENT, deploymentDocument, findDeployment } from "./records";
import { deploymentActive, invalidDeploymentName, unservedMember, unservedMode } from "./refusals";
import { TemplateRun } from "./run";
import type { TemplatesServices } from "./services";

/** Assumed; a deployment of one resource takes a few seconds beside the resource's own time. */
const OVERHEAD_MS = 2000;
const NAME = /^[-\w._()]{1,64}$/;
/** Members of the properties that would not be obeyed. */
const UNSERVED = ["templateLink", "parametersLink", "onErrorDeployment", "expressionEvaluationOptions"];

/** Template deployments at the level of a resource group: one run at a time for each name. */
export function templateDeployments(services: TemplatesServices): ResourceHandler {
  const { store, operations } = services;
  return {
    get: (request) => ({ status: 200, body: findDeployment(services, request.id.text).document }),
    head: ({ id }) => ({ status: store.get(id.text) === undefined ? 404 : 204 }),
    list: ({ id }) => {
      const deployments = id.resourceGroup === undefined ? [] : store.list(TEMPLATE_DEPLOYMENT, id.text);
      return { status: 200, body: { value: deployments.map((deployment) => deployment.document) } };
    },
    put: (request) => putDeployment(services, request),
    delete: ({ id }) => {
      const running = operations.holding(id.text);
      if (running !== undefined) throw deploymentActive(id.names[0] ?? "", running);
      store.remove(id.text);
      return { status: 204 };
    },
    actions: {
      /** The template alone is judged; what the providers say to its resources shows when it is deployed. */
      validate: (request) => {
        const { resources } = evaluateRequest(services, request);
        const { properties } = deploymentDocument(services, request, "Succeeded", {});
        const validatedResources = resources.map(({ id }) => ({ id }));
        return { status: 200, body: { properties: { ...properties, validatedResources } } };
      },
      /** Which resources would be made and which written again, not how these would change. */
      whatif: (request) => {
        const { resources } = evaluateRequest(services, request);
        return {
          status: 200,
          body: { status: "Succeeded", properties: { changes: whatIfChanges(services, request, resources) } },
        };
      },
    },
  };
}

/** What a template deployment did with each of its resources. */
export function templateDeploymentOperations(services: Pick<TemplatesServices, "store">): ResourceHandler {
  const operationsOf = (deploymentId: string): readonly Json[] =>
    (findDeployment(services, deploymentId).hidden["operations"] ?? []) as readonly Json[];
  return {
    list: ({ id }) => ({ status: 200, body: { value: operationsOf(id.text) } }),
    get: ({ id }) => {
      const operation = operationsOf(parentOf(id) ?? "").find(({ operationId }) => operationId === id.names.at(-1));
      if (operation === undefined) throw resourceNotFound(id);
      return { status: 200, body: operation };
    },
  };
}

/** How a template deployment is going. */
export function templateDeploymentStatus({ operations }: Pick<TemplatesServices, "operations">): ResourceHandler {
  return {
    get: ({ id }) => {
      const operation = operations.get(id.names.at(-1) ?? "");
      if (operation === undefined) throw operationNotFound();
      const status = operation.status === "running" ? operation.running : operation.status;
      return { status: 200, body: { status, ...(operation.error && { error: operation.error }) } };
    },
  };
}

function putDeployment(services: TemplatesServices, request: ArmRequest) {
  const { store, operations, url } = services;
  const { id } = request;
  const { resources, outputs } = evaluateRequest(services, request);
  const running = operations.holding(id.text);
  if (running !== undefined) throw deploymentActive(id.names[0] ?? "", running);
  const existing = store.get(id.text);
  const run = new TemplateRun(services, id.text);
  const deployment: Resource = {
    id: id.text,
    type: TEMPLATE_DEPLOYMENT,
    document: deploymentDocument(services, request, "Running", {}),
    hidden: { operations: run.operations },
  };
  store.put(deployment);
  const end = (state: string, members: Json): void => {
    deployment.document = deploymentDocument(services, request, state, members);
    store.touch();
  };
  const complete = async (): Promise<void> => {
    await run.putAll(resources);
    const outputResources = resources.map((resource) => ({ id: store.get(resource.id)?.id ?? resource.id }));
    end("Succeeded", { outputResources, ...(Object.keys(outputs).length > 0 && { outputs }) });
  };
  const operation = operations.start(
    {
      resourceId: id.text,
      running: "Running",
      durationMs: OVERHEAD_MS,
      complete,
      fail: (error: ArmErrorDetail) => end("Failed", { error }),
    },
    id.text,
  );
  const status = `${url}${id.text}/operationStatuses/${operation.id}?api-version=${request.apiVersion}`;
  return {
    status: existing === undefined ? 201 : 200,
    headers: { "azure-asyncoperation": status },
    body: deployment.document,
  };
}

/** The template of a request, refused unless all of it is served. */
function evaluateRequest({ store, tenancy }: TemplatesServices, { id, body }: ArmRequest): EvaluatedTemplate {
  const name = id.names.at(-1) ?? "";
  if (!NAME.test(name)) throw invalidDeploymentName(name);
  const properties = objectAt(body, "properties");
  if (properties["mode"] !== "Incremental") throw unservedMode();
  const unserved = UNSERVED.find((key) => properties[key] !== undefined && properties[key] !== null);
  if (unserved !== undefined) throw unservedMember(unserved);
  const { subscriptionId, tenantId } = tenancy;
  const subscription = {
    id: `/subscriptions/${subscriptionId}`,
    ...{ subscriptionId, tenantId },
    displayName: "Local Azure ML",
  };
  const resourceGroup = { name: id.resourceGroup ?? "", ...store.get(groupOf(id))?.document };
  return evaluateTemplate(properties["template"], properties["parameters"], { subscription, resourceGroup });
}

/** "Template deployment what-if operation": what is in the group and not in the template is left alone. */
function whatIfChanges(
  { store }: TemplatesServices,
  { id }: ArmRequest,
  resources: readonly TemplateResource[],
): readonly object[] {
  const named = resources.map((resource) => {
    const existing = store.get(resource.id);
    return { resourceId: existing?.id ?? resource.id, changeType: existing === undefined ? "Create" : "Deploy" };
  });
  const ids = new Set(named.map(({ resourceId }) => resourceId.toLowerCase()));
  const prefix = `${groupOf(id)}/providers/`.toLowerCase();
  const others = store
    .all()
    .filter((other) => other.id.toLowerCase().startsWith(prefix) && !ids.has(other.id.toLowerCase()))
    .filter(({ type, document: { location } }) => type !== TEMPLATE_DEPLOYMENT && location !== undefined);
  return [...named, ...others.map((other) => ({ resourceId: other.id, changeType: "Ignore" }))];
}
