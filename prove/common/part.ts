/** The figures of a proof; each part returns those that it counts. */
export interface Figures {
  /** States of the decision that were checked. */
  readonly states: number;
  /** Broken invariants among them. */
  readonly violations: number;
  /** Calls to Azure at which the engine was killed, and how many of the kills converged. */
  readonly crashPoints: number;
  readonly converged: number;
  /** Faults of Azure, and how many ended as documented. */
  readonly faults: number;
  readonly faultsOk: number;
  readonly randomChanges: number;
  /** Cases of ordinary use; those that took traffic away, and those without a way out. */
  readonly cases: number;
  readonly outages: number;
  readonly stuck: number;
  /** Scoring requests without an answer, in all parts. */
  readonly lostRequests: number;
  readonly badConfigs: number;
  /** Those that were refused with the documented message and without a write. */
  readonly badConfigsRefused: number;
  /** Combinations tried with old and new packages and CLIs, how many held, and how many were unavailable. */
  readonly versions: number;
  readonly versionsHeld: number;
  readonly versionsSkipped: number;
}

export interface PartContext {
  /** Where a part keeps its results, so an interrupted run can continue. */
  readonly folder: string;
  /** Gets a line of progress. */
  readonly report: (line: string) => void;
  /** How many kills a part that kills makes; its own number unless it is given. */
  readonly kills?: number;
}

export interface PartResult {
  readonly figures: Partial<Figures>;
  /** Failures, one line each; empty when the part holds. */
  readonly failures: readonly string[];
}

/** A part of the proof that is run by its name. */
export interface Part {
  readonly name: string;
  /** What it shows, in one line. */
  readonly shows: string;
  run(context: PartContext): Promise<PartResult>;
}
