import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Reply } from "../http/exchange";
import type { ScoringError } from "../scoring/inputData";
import type { ServedDeployment } from "./served";

/** How a request ended. */
export interface Outcome {
  readonly status: number;
  /** Undefined when the request reached none. */
  readonly deployment: ServedDeployment | undefined;
  /** The container's status; undefined when it was not asked or timed out. */
  readonly modelStatus: number | undefined;
  /** Why it failed; undefined when it did not. */
  readonly reason: string | undefined;
  /** JSON text; undefined for an answer without content. */
  readonly body: string | undefined;
}

export function modelAnswered(deployment: ServedDeployment, answer: unknown): Outcome {
  const body = answer === undefined ? undefined : JSON.stringify(answer);
  return { status: 200, deployment, modelStatus: 200, reason: undefined, body };
}

/** The platform turns every container status but 200 into 424. */
export function modelFailed(deployment: ServedDeployment, { status, message }: ScoringError): Outcome {
  return { status: 424, deployment, modelStatus: status, reason: "model_error", body: JSON.stringify({ message }) };
}

/** An answer of the platform itself. */
export function platformRefused(status: number, reason: string, deployment?: ServedDeployment): Outcome {
  return { status, deployment, modelStatus: undefined, reason, body: JSON.stringify({ message: reason }) };
}

/** Headers as recorded from the service in August 2025. */
export function toReply(outcome: Outcome, { requestId, clientRequestId }: RequestIds, durationMs: number): Reply {
  const { status, deployment, modelStatus, body } = outcome;
  const headers: Record<string, string> = {
    server: "azureml-frontdoor",
    "x-ms-request-id": requestId,
    "x-request-id": requestId,
  };
  if (clientRequestId !== undefined) headers["x-ms-client-request-id"] = clientRequestId;
  if (deployment !== undefined) headers["azureml-model-deployment"] = deployment.name;
  if (modelStatus !== undefined) {
    headers["azureml-model-session"] = deployment?.name ?? "";
    headers["x-ms-server-version"] = "azmlinfsrv/1.4.0";
  }
  if (modelStatus === 200) {
    headers["x-ms-run-function-failed"] = "False";
    headers["x-ms-run-fn-exec-ms"] = durationMs.toFixed(3);
  } else if (modelStatus !== undefined) {
    headers["ms-azureml-model-error-statuscode"] = String(modelStatus);
    headers["ms-azureml-model-error-reason"] = "model_error";
    if (modelStatus === 500) headers["x-ms-run-function-failed"] = "True";
  }
  if (body === undefined) return { status, headers };
  headers["content-type"] = "application/json";
  return { status, headers, body: Buffer.from(body) };
}

/** The ids of a request in the reply. */
export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
}

const MAX_CLIENT_ID = 40;

/**
 * The service gives each request a GUID, whatever the client sent. It keeps the client's own id as letters, digits,
 * hyphens and underscores, 40 at the most ("how-to-troubleshoot-online-endpoints", request tracing).
 */
export function requestIds(headers: IncomingHttpHeaders): RequestIds {
  const given = headers["x-ms-client-request-id"];
  const clientRequestId =
    typeof given === "string" ? given.replaceAll(/[^\w-]/g, "").slice(0, MAX_CLIENT_ID) : undefined;
  return { requestId: randomUUID(), clientRequestId };
}
