import type { ExploreOptions } from "./explore";

/** Limits that must not affect the way back, and a grid with the weights of a usual plan. */
const COMMON = { policy: { maxIncrease: 50, bakeMinutes: 60 }, weights: [0, 10, 50, 90, 100], mirror: 10 };

/** Two deployments, one of which may be declared with another model: seconds. */
export const TWO: ExploreOptions = {
  ...COMMON,
  versions: { blue: ["1"], green: ["2", "3"] },
  foreignWeights: [0, 50, 100],
  foreignMirror: true,
};

/** The same with a candidate that is scaled, or fails to be, while it serves. */
export const TWO_SCALED: ExploreOptions = {
  ...TWO,
  versions: { blue: ["1"], green: ["2", "2 x2", "3"] },
  weights: [0, 50, 100],
  foreignWeights: [0, 100],
};

/**
 * The same without deletion protection: a deployment may be removed in the update that takes its weight, and may start
 * with weight.
 */
export const TWO_UNPROTECTED: ExploreOptions = {
  ...TWO,
  isProtected: false,
  policy: { ...COMMON.policy, maxInitialWeight: 50 },
  weights: [0, 50, 100],
};

/** The same without limits on the weights and with more points: a minute. */
export const TWO_WITHOUT_LIMITS: ExploreOptions = {
  ...TWO,
  policy: { maxInitialWeight: 100 },
  weights: [0, 10, 25, 50, 75, 90, 100],
};

/** Three deployments, with weights for all three at once: minutes. */
export const THREE: ExploreOptions = {
  ...COMMON,
  versions: { blue: ["1"], green: ["2"], red: ["3"] },
  weights: [0, 10, 40, 50, 100],
  foreignWeights: [0, 100],
  foreignMirror: false,
  onlyPlainWayBack: true,
};
