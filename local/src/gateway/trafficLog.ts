import { STATUS_CODES } from "node:http";
import { segmentAfter } from "../arm/ids";
import type { ServedRequest } from "./served";

/** Rows kept. */
const KEPT_ROWS = 5000;
/** Region and path of a request; in Azure the host names the endpoint. */
const PATH = /^\/endpoints\/([^/]+)\/[^/]+(.*)$/;
/** "including comments but truncated to a maximum of 70 characters" */
const MAX_USER_AGENT = 70;

/** A row of `AmlOnlineEndpointTrafficLog`, with the columns that a local server can fill. */
export interface TrafficLogRow {
  readonly TimeGenerated: string;
  readonly Location: string;
  readonly Method: string;
  readonly Path: string;
  readonly SubscriptionId: string;
  readonly AzureMLWorkspaceName: string;
  readonly EndpointName: string;
  /** Empty when the request reached none. */
  readonly DeploymentName: string;
  readonly Protocol: string;
  /** What the client got. */
  readonly ResponseCode: number;
  readonly ResponseCodeReason: string;
  /** The container's status; null when it was not asked or timed out. */
  readonly ModelStatusCode: number | null;
  readonly ModelStatusReason: string;
  readonly RequestPayloadSize: number;
  readonly ResponsePayloadSize: number;
  readonly UserAgent: string;
  readonly XRequestId: string;
  readonly XMSClientRequestId: string;
  readonly TotalDurationMs: number;
}

/** The latest requests that endpoints answered, without mirrored copies, which nobody gets an answer to. */
export class TrafficLog {
  private readonly requests: KeptRequest[] = [];

  constructor(private readonly now: () => number) {}

  add(request: ServedRequest): void {
    if (request.mirrored) return;
    this.requests.push(keptOf(this.now(), request));
    if (this.requests.length > KEPT_ROWS * 1.2) this.requests.splice(0, this.requests.length - KEPT_ROWS);
  }

  /** Oldest first. */
  read(): readonly TrafficLogRow[] {
    return this.requests.map(toRow);
  }

  clear(): void {
    this.requests.length = 0;
  }
}

/** What a row is made of, without body and headers, which would fill the memory. */
interface KeptRequest extends Omit<ServedRequest, "exchange" | "mirrored"> {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly method: string;
  readonly path: string;
  readonly requestBytes: number;
  readonly userAgent: string;
}

/** Rows are made when somebody reads them: there are many requests for each reading. */
function keptOf(time: number, request: ServedRequest): KeptRequest {
  const { method, path, body, headers } = request.exchange;
  return {
    time,
    method,
    path,
    requestBytes: body.length,
    userAgent: (headers["user-agent"] ?? "").slice(0, MAX_USER_AGENT),
    endpointId: request.endpointId,
    endpointName: request.endpointName,
    deployment: request.deployment,
    status: request.status,
    modelStatus: request.modelStatus,
    reason: request.reason,
    durationMs: request.durationMs,
    responseBytes: request.responseBytes,
    requestId: request.requestId,
    clientRequestId: request.clientRequestId,
  };
}

function toRow(request: KeptRequest): TrafficLogRow {
  const { endpointId, status, modelStatus } = request;
  const [, location = "", path = ""] = PATH.exec(request.path) ?? [];
  return {
    TimeGenerated: new Date(request.time).toISOString(),
    Location: location,
    Method: request.method,
    Path: path,
    SubscriptionId: segmentAfter(endpointId, "subscriptions") ?? "",
    AzureMLWorkspaceName: segmentAfter(endpointId, "workspaces") ?? "",
    EndpointName: request.endpointName,
    DeploymentName: request.deployment ?? "",
    Protocol: "HTTP/1.1",
    ResponseCode: status,
    ResponseCodeReason: request.reason ?? STATUS_CODES[status] ?? "",
    ModelStatusCode: modelStatus ?? null,
    ModelStatusReason: modelStatus === undefined ? "" : (STATUS_CODES[modelStatus] ?? ""),
    RequestPayloadSize: request.requestBytes,
    ResponsePayloadSize: request.responseBytes,
    UserAgent: request.userAgent,
    XRequestId: request.requestId,
    XMSClientRequestId: request.clientRequestId ?? "",
    TotalDurationMs: Math.round(request.durationMs),
  };
}
