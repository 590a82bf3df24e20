/** What a proof found out, in numbers; a part gives those that it counts. */
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
  /** Cases of ordinary use; those that took traffic away, and those that nothing led out of. */
  readonly cases: number;
  readonly outages: number;
  readonly stuck: number;
  /** Scoring requests without an answer, in all parts. */
  readonly lostRequests: number;
  readonly badConfigs: number;
  /** Those that were refused with the documented message and without a write. */
  readonly badConfigsRefused: number;
  /** What was tried with old and new packages and CLIs, how much of it held, and what could not be had. */
  readonly versions: number;
  readonly versionsHeld: number;
  readonly versionsSkipped: number;
}

export interface PartContext {
  /** Where a part keeps what it has done, so that an interrupted run goes on. */
  readonly folder: string;
  /** Takes a line about what is being done. */
  readonly report: (line: string) => void;
}

export interface PartResult {
  readonly figures: Partial<Figures>;
  /** What is not as it should be, a line each; none when the part holds. */
  readonly failures: readonly string[];
}

/** A part of the proof that is run by its name. */
export interface Part {
  readonly name: string;
  /** What it shows, in one line. */
  readonly shows: string;
  run(context: PartContext): Promise<PartResult>;
}
