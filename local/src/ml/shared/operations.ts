import { operationNotFound } from "../../arm/errors";
import type { Operation } from "../../arm/operations";
import type { ArmRequest, ResourceHandler } from "../../arm/resourceHandler";
import type { Reply } from "../../http/exchange";
import type { MlServices } from "./services";

/** Operations on endpoints and on deployments are told apart by a prefix of their id. */
export type OperationPrefix = "oeidp" | "odidp";

/** Where a client asks how an operation is going. */
export function operationUrl(
  services: MlServices,
  request: ArmRequest,
  prefix: OperationPrefix,
  location: string,
  id: string,
): string {
  const base = `${services.url}/subscriptions/${request.id.subscriptionId}/providers/Microsoft.MachineLearningServices`;
  const workspace = request.id.names[0] ?? "";
  return `${base}/locations/${location}/mfeOperationsStatus/${prefix}:${workspace}:${id}?api-version=${request.apiVersion}`;
}

/** A write under way, as Azure ML answers it: 201 for updates too, and no `Retry-After`. */
export function writeAccepted(services: MlServices, url: string, document: Record<string, unknown>): Reply {
  const headers = {
    "azure-asyncoperation": url,
    location: `${services.url}${String(document["id"])}?api-version=${new URL(url).searchParams.get("api-version") ?? ""}`,
    "x-ms-async-operation-timeout": "PT30M",
  };
  return { status: 201, headers, body: document };
}

/** A delete under way: the body is `null`. */
export function deleteAccepted(url: string): Reply {
  const location = url.replace("mfeOperationsStatus", "mfeOperationResults");
  return {
    status: 202,
    headers: { "azure-asyncoperation": url, location, "x-ms-async-operation-timeout": "PT30M" },
    body: null,
  };
}

export function operationStatus({ operations }: MlServices): ResourceHandler {
  return {
    get: ({ id }) => {
      const operation = operations.get(id.names.at(-1)?.split(":").at(-1) ?? "");
      if (operation === undefined) throw operationNotFound();
      return { status: 200, body: statusDocument(operation, id.text, id.names.at(-1) ?? "") };
    },
  };
}

/** What an operation left: the resource, nothing after a delete; 202 as long as it runs. */
export function operationResult({ operations, store }: MlServices): ResourceHandler {
  return {
    get: ({ id }) => {
      const operation = operations.get(id.names.at(-1)?.split(":").at(-1) ?? "");
      if (operation === undefined) throw operationNotFound();
      if (operation.status === "running") return { status: 202 };
      return { status: 200, body: store.get(operation.resourceId)?.document ?? null };
    },
  };
}

function statusDocument(operation: Operation, id: string, name: string): object {
  const done = operation.status !== "running";
  return {
    id,
    name,
    startTime: operation.startTime,
    ...(done && { endTime: operation.endTime }),
    percentComplete: done ? 100 : 0,
    // Recorded: creates and deletes too say Updating.
    status: done ? operation.status : "Updating",
    ...(operation.error && { error: operation.error }),
  };
}
