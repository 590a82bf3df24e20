import type { Exchange } from "../http/exchange";
import type { Scorer } from "../scoring/scorer";

/** A deployment that can answer. */
export interface ServedDeployment {
  readonly name: string;
  readonly scorer: Scorer;
  readonly requestTimeoutMs: number;
  readonly maxConcurrentRequestsPerInstance: number;
  readonly instances: number;
  /** Adds a line to the log of its container. */
  log(line: string): void;
}

/** A share of the traffic, above 0. */
export interface Weight {
  /** Name of the deployment, lower case. */
  readonly deployment: string;
  readonly percent: number;
}

export interface ServedEndpoint {
  /** ARM id. */
  readonly id: string;
  readonly name: string;
  /** Whether a request from a virtual network, or the internet, is allowed. @default every one */
  isOpenTo?(network: string | undefined): boolean;
  /** Whether the bearer token of a request may score. */
  authorize(token: string | undefined): boolean;
  readonly traffic: readonly Weight[];
  readonly mirrorTraffic: readonly Weight[];
  /** Deployments that can answer, by lower-case name. */
  readonly deployments: ReadonlyMap<string, ServedDeployment>;
}

/** A request that was answered, or the copy of one that was mirrored. */
export interface ServedRequest {
  readonly endpointId: string;
  readonly endpointName: string;
  readonly exchange: Exchange;
  /** Undefined when the request reached none. */
  readonly deployment: string | undefined;
  readonly status: number;
  /** The container's status; undefined when it was not asked or timed out. */
  readonly modelStatus: number | undefined;
  /** Why the request failed; undefined when it did not. */
  readonly reason: string | undefined;
  readonly durationMs: number;
  readonly responseBytes: number;
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
  /** A mirrored copy, whose answer is dropped. */
  readonly mirrored: boolean;
}

/**
 * Lets a deployment score, or applies a fault; may throw `ScoringError`, `Timeout` or `Saturated`.
 *
 * @param spend - called with the virtual milliseconds that passed before the deployment was called
 */
export type ScoringInterceptor = (
  exchange: Exchange,
  deployment: ServedDeployment,
  score: () => Promise<unknown>,
  spend: (ms: number) => void,
) => Promise<unknown>;
