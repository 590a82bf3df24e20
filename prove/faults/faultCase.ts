import type { FaultTestbed } from "./testbed";

/** What the engine does while Azure has the fault. */
type During = "weight step" | "new deployment";

/** A fault of Azure, its outcome, and what to do then. */
export interface FaultCase {
  /** One line that identifies the row. */
  readonly name: string;
  readonly during: During;
  /** Fault rules of the local Azure; removed before the remedy. */
  readonly rules?: readonly object[];
  /** What somebody does between the preview and the update. */
  readonly meanwhile?: (testbed: FaultTestbed) => Promise<void>;
  /**
   * Whether the candidate gets more weight in the step; on the way back the component leaves out missing deployments.
   */
  readonly rises?: boolean;
  /** Whether operations of the step have a deadline of seconds instead of the usual one. */
  readonly deadline?: boolean;
  /** Whether the update succeeds. */
  readonly succeeds: boolean;
  /** The live weights after the update: as before, as declared, as set by somebody else, or none. */
  readonly live: "before" | "after" | "theirs" | "none";
  /** What the user does then, in words; left out when the update succeeded. */
  readonly todo?: string;
  /** The part of it besides `pulumi up`. */
  readonly remedy?: (testbed: FaultTestbed) => Promise<void>;
  /** The last `up` is `pulumi up --refresh`. */
  readonly refresh?: boolean;
}

/** The result of a fault. */
export interface FaultRow {
  readonly name: string;
  readonly during: During;
  /** Exit code of the update with the fault. */
  readonly exit: number;
  /** The terminal output besides the usual report, without random parts. */
  readonly says: string;
  /** The live weights before and after it, such as `default 90, green 10`. */
  readonly before: string;
  readonly live: string;
  readonly todo: string;
  /** `as documented`, or how it differs. */
  readonly result: string;
  readonly requests: number;
  readonly lost: number;
  readonly seconds: number;
}

export const AS_DOCUMENTED = "as documented";
