import { KNOWN_FAILURES } from "./knownFailures";
import { KNOWN_REFUSALS } from "./knownRefusals";
import { PUT_DEPLOYMENT, PUT_ENDPOINT, SCORE, TROUBLESHOOTING } from "./rule";
import type { KnownFaults } from "./rule";

/** Reads that lag behind a write that succeeded. */
const staleReads: KnownFaults = {
  "not-there-yet": {
    stage: "request",
    match: PUT_DEPLOYMENT,
    source: "Azure-Samples/contoso-chat#139: 404 for a deployment that was being created; for how long is assumed",
    effect: () => ({ staleFor: { reads: 3 } }),
  },
  "old-traffic": {
    stage: "request",
    match: PUT_ENDPOINT,
    source: "Azure/azure-dev#3881: the old weights after the update had succeeded; azd then reads 3 times",
    effect: () => ({ staleFor: { reads: 2 } }),
  },
};

/** Faults of a deployment's scoring. */
const scoringFaults: KnownFaults = {
  "script-error": {
    stage: "scoring",
    match: SCORE,
    source: "microsoft/azureml-inference-server, `server/routes.py`",
    effect: () => ({
      modelError: {
        status: 500,
        message: "An unexpected error occurred in scoring script. Check the logs for more info.",
      },
    }),
  },
  "slow-model": {
    stage: "scoring",
    match: SCORE,
    source: `${TROUBLESHOOTING}, status 408`,
    effect: () => ({ latencySeconds: 300 }),
  },
  saturated: {
    stage: "scoring",
    match: SCORE,
    source: `${TROUBLESHOOTING}, status 429`,
    effect: () => ({ saturated: true }),
  },
};

/** The real service's faults that a rule can name. */
export const KNOWN_FAULTS: KnownFaults = { ...KNOWN_REFUSALS, ...KNOWN_FAILURES, ...staleReads, ...scoringFaults };
