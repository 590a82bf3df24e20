export interface RandomRunOptions {
  readonly changes: number;
  readonly seed: number;
  readonly report: (line: string) => void;
}

/** The result of a sequence of random changes. */
export interface RandomRun {
  readonly seed: number;
  readonly changes: number;
  /** Writes of the endpoint. */
  readonly writes: number;
  readonly requests: number;
  /** Requests without an answer. */
  readonly lost: number;
  readonly failures: readonly string[];
}

const SEED = 20_261_124;

/** The seed of all random changes: fixed, so runs are repeatable; `FAST_CHECK_SEED` overrides it. */
export function seedOf(env: Readonly<Record<string, string | undefined>>): number {
  return Number(env["FAST_CHECK_SEED"] ?? SEED);
}
