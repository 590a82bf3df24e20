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
  private readonly rows: TrafficLogRow[] = [];

  constructor(private readonly now: () => number) {}

  add(request: ServedRequest): void {
    if (request.mirrored) return;
    this.rows.push(toRow(this.now(), request));
    if (this.rows.length > KEPT_ROWS * 1.2) this.rows.splice(0, this.rows.length - KEPT_ROWS);
  }

  /** Oldest first. */
  read(): readonly TrafficLogRow[] {
    return this.rows;
  }

  clear(): void {
    this.rows.length = 0;
  }
}

function toRow(time: number, request: ServedRequest): TrafficLogRow {
  const { endpointId, exchange, status, modelStatus } = request;
  const [, location = "", path = ""] = PATH.exec(exchange.path) ?? [];
  return {
    TimeGenerated: new Date(time).toISOString(),
    Location: location,
    Method: exchange.method,
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
    RequestPayloadSize: exchange.body.length,
    ResponsePayloadSize: request.responseBytes,
    UserAgent: (exchange.headers["user-agent"] ?? "").slice(0, MAX_USER_AGENT),
    XRequestId: request.requestId,
    XMSClientRequestId: request.clientRequestId ?? "",
    TotalDurationMs: Math.round(request.durationMs),
  };
}
