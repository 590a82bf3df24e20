import type { Weights } from "../../components/rollout/weights";
import type { CachedDecision } from "./decision";
import type { Fault } from "./faults";
import type { Limits } from "./invariants";

/** The inputs of a simulated run besides the program. */
export interface UpOptions {
  readonly answers: CachedDecision;
  readonly now: Date;
  readonly limits: Limits;
  readonly acceptLive?: Weights;
  readonly fault?: Fault;
}
