import type { FaultTestbed } from "./testbed";

/** What the engine is asked to do while Azure has the fault. */
type During = "weight step" | "new deployment";

/** A fault of Azure, what comes of it, and what to do then. */
export interface FaultCase {
  /** One line; what the row is known by. */
  readonly name: string;
  readonly during: During;
  /** Fault rules of the local Azure; they end before anything is done about the fault. */
  readonly rules?: readonly object[];
  /** What somebody does between the preview and the update. */
  readonly meanwhile?: (testbed: FaultTestbed) => Promise<void>;
  /** Whether the candidate gets more weight in the step: on the way back the component leaves out what is not there. */
  readonly rises?: boolean;
  /** Whether operations of the step have a deadline of seconds in place of the usual one. */
  readonly deadline?: boolean;
  /** Whether the update succeeds. */
  readonly succeeds: boolean;
  /** The live weights after the update: as before, as declared, as somebody else has set them, or none. */
  readonly live: "before" | "after" | "theirs" | "none";
  /** What the user does then, in words; nothing when the update succeeded. */
  readonly todo?: string;
  /** What of it is not `pulumi up` itself. */
  readonly remedy?: (testbed: FaultTestbed) => Promise<void>;
  /** The last `up` is `pulumi up --refresh`. */
  readonly refresh?: boolean;
}

/** What became of a fault. */
export interface FaultRow {
  readonly name: string;
  readonly during: During;
  /** Of the update under the fault. */
  readonly exit: number;
  /** What a terminal shows of it beside the usual report, without what is random. */
  readonly says: string;
  /** The live weights after it, such as `default 90, green 10`, and before it. */
  readonly before: string;
  readonly live: string;
  readonly todo: string;
  /** `as documented`, or what is not. */
  readonly result: string;
  readonly requests: number;
  readonly lost: number;
  readonly seconds: number;
}

export const AS_DOCUMENTED = "as documented";
