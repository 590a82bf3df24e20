import { expect, test } from "vitest";
import { DECISION } from "../../../prove/decision/decision";
import type { Decision } from "../../../prove/decision/decision";
import { explore } from "../../../prove/decision/explore";
import type { ExploreOptions } from "../../../prove/decision/explore";
import { TWO, TWO_SCALED } from "../../../prove/decision/sizes";

const { decideStep, endpointTags, liveStateOf, checkReadiness, risingFromNothing, liveChanges } = DECISION;
const SMALL = { ...TWO, weights: [0, 50, 100], foreignWeights: [0, 100], foreignMirror: false };

/** A decision with one thing wrong, and what the exhaustive check must say of it. */
test.each<[string, Partial<Decision>, string, Partial<ExploreOptions>?]>([
  [
    "there is no guard",
    { decideStep: (request) => decideStep({ ...request, ...(request.live && { acceptLive: request.live.traffic }) }) },
    "I4: weights of another writer are lost",
  ],
  [
    "what was applied last is thought to be what is live",
    { liveStateOf: (live) => liveStateOf(live, [live]) },
    "I4: weights of another writer are lost",
  ],
  [
    "an outage needs no word",
    { decideStep: (request) => decideStep({ ...request, allowOutage: "never mind" }) },
    "I1: a write without the weights of an endpoint that serves",
  ],
  [
    "deployments always come first",
    { isWayBack: () => false },
    "I12: the weights are not back after a run that is failed",
  ],
  [
    "all that has weight must be ready",
    {
      risingFromNothing: (declared) => risingFromNothing(declared, undefined),
      checkReadiness: (declared, states) => checkReadiness(declared, states, undefined),
    },
    "I12: the weights are not back after a run that is refused",
  ],
  [
    "a deployment leaves in the update that takes its weight",
    { decideStep: (request) => decideStep({ ...request, isProtected: false }) },
    "I11: green has requests and leaves in the same update",
  ],
  [
    "weights that were written first are not restored",
    { isLost: () => false },
    "I9: a fault that needs nobody is not overcome at once",
  ],
  [
    "a new deployment may have weight at once",
    { checkInitialWeight: () => [] },
    "I14: green gets weight in the update that makes it",
  ],
  ["deployments need not be ready", { checkReadiness: () => [] }, "I2: weight for blue, which is Failed"],
  ["nothing is verified", { isVerified: () => true }, "I2: blue is deleted, not seen without weight"],
  ["a serving deployment may change", { checkDeploymentChange: () => [] }, "I5: green serves and gets another model"],
  [
    "what Azure has is not compared",
    { liveChanges: (facts) => liveChanges({ ...facts, live: facts.before }) },
    "I5: green serves and gets another model",
    { versions: TWO_SCALED.versions },
  ],
  [
    "the stable deployment is forgotten",
    {
      liveStateOf: (live, earlier) => {
        const { stable: _, ...state } = liveStateOf(live, earlier);
        return state;
      },
    },
    "I6: the way back to the stable deployment is not open",
  ],
  [
    "every run is a change",
    { endpointTags: ({ now, ...request }) => ({ ...endpointTags({ ...request, now }), at: now.toISOString() }) },
    "I6: after the way back something is left to do",
  ],
  [
    "the last applied state is only believed from the state of the engine",
    { liveStateOf: (live, earlier) => ({ ...liveStateOf(live, earlier), lastApplied: earlier }) },
    "I9: the same program, run again after a fault, is not done",
  ],
  [
    "weights that the service drops are not restored",
    { droppedWeights: () => undefined },
    "I9: a fault that needs nobody is not overcome at once",
  ],
  [
    "hand edits of the weights are not seen",
    {
      endpointTags: ({ declared, ...request }) =>
        endpointTags({ ...request, declared, live: request.live && { ...request.live, ...declared } }),
    },
    "I9: a run is done and not all that is declared is there",
  ],
])("is seen: %s", (_, wrong, violation, grid = {}) => {
  const { violations } = explore({ ...SMALL, ...grid, decision: { ...DECISION, ...wrong }, until: violation });
  expect([...violations.keys()]).toContain(violation);
});
