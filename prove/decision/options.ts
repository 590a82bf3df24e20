import type { Weights } from "../../components/rollout/weights";
import type { Answers } from "./decision";
import type { Fault } from "./faults";
import type { Limits } from "./invariants";

/** What a run of the engine is given beside the program. */
export interface RunOptions {
  readonly answers: Answers;
  readonly now: Date;
  readonly limits: Limits;
  readonly acceptLive?: Weights;
  readonly fault?: Fault;
}
