import { weightOf } from "./weights";
import type { TrafficState } from "./weights";
import { isSameName } from "../values/sameName";

/** A deployment other than the stable one, and its share of the requests. */
export interface Exposure {
  readonly deployment: string;
  /** Requests per minute whose answers callers see. */
  readonly requestsPerMinute: number;
}

/** The candidates' share of the expected requests; empty while that number or the stable deployment is unknown. */
export function exposures(
  declared: TrafficState,
  stable: string | undefined,
  expectedRequestsPerMinute: number | undefined,
): readonly Exposure[] {
  if (expectedRequestsPerMinute === undefined || stable === undefined) return [];
  return Object.keys(declared.traffic)
    .filter((name) => !isSameName(name, stable) && weightOf(declared.traffic, name) > 0)
    .map((deployment) => ({
      deployment,
      requestsPerMinute: Math.round((weightOf(declared.traffic, deployment) / 100) * expectedRequestsPerMinute),
    }));
}

/** `exposed  about 60 of 600 requests a minute go to green`, or undefined when nothing is exposed or known. */
export function describeExposure(
  declared: TrafficState,
  stable: string | undefined,
  expectedRequestsPerMinute: number | undefined,
): string | undefined {
  const exposed = exposures(declared, stable, expectedRequestsPerMinute);
  if (exposed.length === 0) return undefined;
  const parts = exposed.map(({ deployment, requestsPerMinute }) => `${requestsPerMinute} to ${deployment}`);
  return `exposed  of about ${expectedRequestsPerMinute} requests a minute ${parts.join(", ")}`;
}
