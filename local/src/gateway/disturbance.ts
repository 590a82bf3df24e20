import type { Exchange } from "../http/exchange";
import type { ServedDeployment } from "./served";

/**
 * Lets a deployment score, or does what a fault does; may throw `ScoringError`, `Timeout` or `Saturated`.
 *
 * @param spend - tells virtual milliseconds that passed before the deployment was asked
 */
export type Disturbance = (
  exchange: Exchange,
  deployment: ServedDeployment,
  score: () => Promise<unknown>,
  spend: (ms: number) => void,
) => Promise<unknown>;

/** The deployment has no room for another request. */
export class Saturated extends Error {}
