import type { Source } from "./semantics/semantic";
import {
  NAME_KEPT_AFTER_DELETE,
  QUOTAS,
  RECORDED_ENDPOINT,
  RECORDED_ROLLOUT,
  SPECIFICATION,
  TROUBLESHOOTING,
} from "./semantics/sources";

/** Something the local Azure deliberately leaves out or does differently. */
export interface KnownDifference {
  readonly what: string;
  readonly source: Source;
}

export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [
  {
    what: "The name of a deleted endpoint is free at once; the service keeps it for a while.",
    source: NAME_KEPT_AFTER_DELETE,
  },
  { what: "Quotas, prices and an endpoint's limits of requests in a second are not enforced.", source: QUOTAS },
  { what: "Operations take the recorded time on a virtual clock, and no longer.", source: RECORDED_ROLLOUT },
  {
    what: "While an operation runs, the look at it has no endTime; the service answers 0001-01-01T00:00:00+00:00.",
    source: RECORDED_ENDPOINT,
  },
  { what: "A public network that is disabled does not keep requests out.", source: TROUBLESHOOTING },
  {
    what: "Entries of properties.properties may be altered, though the specification says they cannot.",
    source: SPECIFICATION,
  },
];
