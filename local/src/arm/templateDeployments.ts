import { randomUUID } from "node:crypto";
import type { Exchange, Reply } from "../http/exchange";
import { isObject, objectAt } from "./body";
import { ArmError, badRequest, notFound } from "./errors";
import type { ArmErrorDetail } from "./errors";
import { parseId } from "./ids";
import { OperationFailure } from "./operations";
import type { Operation } from "./operations";
import type { ArmRequest, ResourceHandler } from "./router";
import type { Services } from "./services";
import type { Resource } from "./store";
import { answeredParameters, evaluateTemplate } from "./template";
import type { TemplateResource } from "./template";

export const TEMPLATE_DEPLOYMENT = "microsoft.resources/deployments";
/** Assumed; a deployment of one resource takes a few seconds beside the resource's own time. */
const OVERHEAD_MS = 2000;

/** Sends a request of a template through the whole of ARM, as if a client had made it. */
export type Send = (exchange: Exchange, via: string) => Promise<Reply>;

/** Template deployments at the level of a resource group: one run at a time for each name. */
export function templateDeployments(services: Services, send: Send): ResourceHandler {
  const { store, operations, url } = services;
  const find = ({ id }: ArmRequest): Resource => {
    const deployment = store.get(id.text);
    if (deployment === undefined)
      throw notFound("DeploymentNotFound", `Deployment '${id.names[0] ?? ""}' could not be found.`);
    return deployment;
  };
  return {
    get: (request) => ({ status: 200, body: find(request).document }),
    head: ({ id }) => ({ status: store.get(id.text) === undefined ? 404 : 204 }),
    list: ({ id }) => ({
      status: 200,
      body: { value: store.list(TEMPLATE_DEPLOYMENT, id.text).map((deployment) => deployment.document) },
    }),
    put: (request) => {
      const { id, body } = request;
      const properties = objectAt(body, "properties");
      if (properties["mode"] !== "Incremental")
        throw badRequest("InvalidDeploymentMode", "Only the mode 'Incremental' is served by the local Azure ML.");
      if (properties["templateLink"] !== undefined)
        throw badRequest("InvalidTemplate", "templateLink is not served by the local Azure ML.");
      const resources = evaluateTemplate(properties["template"], properties["parameters"]);
      const running = operations.holding(id.text);
      if (running !== undefined) throw deploymentActive(id.names[0] ?? "", running);
      const existing = store.get(id.text);
      const deployment: Resource = {
        id: existing?.id ?? id.text,
        type: TEMPLATE_DEPLOYMENT,
        document: document(services, request, "Running", []),
        hidden: {},
      };
      store.put(deployment);
      const operation = operations.start(
        {
          resourceId: id.text,
          running: "Running",
          durationMs: OVERHEAD_MS,
          complete: async () => {
            for (const resource of resources) await putResource(services, send, request, resource);
            deployment.document = document(
              services,
              request,
              "Succeeded",
              resources.map((resource) => ({ id: idOf(request, resource) })),
            );
            store.touch();
          },
          fail: (error) => {
            deployment.document = document(services, request, "Failed", [], error);
            store.touch();
          },
        },
        id.text,
      );
      const status = `${url}${id.text}/operationStatuses/${operation.id}?api-version=${request.apiVersion}`;
      return {
        status: existing === undefined ? 201 : 200,
        headers: { "azure-asyncoperation": status },
        body: deployment.document,
      };
    },
    delete: ({ id }) => {
      if (operations.holding(id.text) !== undefined)
        throw deploymentActive(id.names[0] ?? "", operations.holding(id.text));
      store.remove(id.text);
      return { status: 204 };
    },
  };
}

export function templateDeploymentStatus({ operations }: Services): ResourceHandler {
  return {
    get: ({ id }) => {
      const operation = operations.get(id.names.at(-1) ?? "");
      if (operation === undefined) throw notFound("NotFound", "The operation was not found.");
      const status = operation.status === "running" ? operation.running : operation.status;
      return { status: 200, body: { status, ...(operation.error && { error: operation.error }) } };
    },
  };
}

async function putResource(
  services: Services,
  send: Send,
  request: ArmRequest,
  resource: TemplateResource,
): Promise<void> {
  const path = idOf(request, resource);
  const query = new URLSearchParams({ "api-version": resource.apiVersion });
  const exchange = { method: "PUT", path, query, headers: {}, body: Buffer.from(JSON.stringify(resource.body)) };
  const reply = await send(exchange, request.id.text);
  if (reply.status >= 400) throw deploymentFailed(objectAt(reply.body, "error"));
  await settled(services, path);
}

/** Waits until a resource is no longer being written. */
async function settled({ store, operations }: Services, path: string): Promise<void> {
  await operations.ended(path);
  if (objectAt(store.get(path)?.document, "properties")["provisioningState"] !== "Failed") return;
  throw deploymentFailed({
    code: "ResourceDeploymentFailure",
    message:
      "The resource write operation failed to complete successfully, because it reached terminal provisioning state 'Failed'.",
  });
}

function deploymentFailed(error: Record<string, unknown>): OperationFailure {
  return new OperationFailure({
    code: "DeploymentFailed",
    message:
      "At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.",
    details: [error as unknown as ArmErrorDetail],
  });
}

function deploymentActive(name: string, running: Operation | undefined): ArmError {
  return new ArmError(409, {
    code: "DeploymentActive",
    message: `Unable to edit or replace deployment '${name}': previous deployment from '${running?.startTime ?? ""}' is still active (expiration time is in 7 days). Please see https://aka.ms/arm-deploy for usage details.`,
  });
}

function idOf({ id }: ArmRequest, { type, name }: TemplateResource): string {
  const [provider = "", ...types] = type.split("/");
  const names = name.split("/");
  const pairs = types.flatMap((segment, index) => [segment, names[index] ?? ""]);
  const path = `/subscriptions/${id.subscriptionId}/resourceGroups/${id.resourceGroup ?? ""}/providers/${[provider, ...pairs].join("/")}`;
  return parseId(path)?.text ?? path;
}

function document(
  { clock }: Services,
  { id, body }: ArmRequest,
  provisioningState: string,
  outputResources: readonly object[],
  error?: ArmErrorDetail,
): Record<string, unknown> {
  const { mode, template, parameters } = objectAt(body, "properties");
  return {
    id: id.text,
    name: id.names[0],
    type: "Microsoft.Resources/deployments",
    ...(isObject(body) && body["tags"] !== undefined && { tags: body["tags"] }),
    properties: {
      mode,
      parameters: answeredParameters(template, parameters),
      provisioningState,
      timestamp: clock.iso(),
      duration: "PT2S",
      correlationId: randomUUID(),
      providers: [],
      dependencies: [],
      outputResources,
      ...(error && { error }),
    },
  };
}
