/** How many cases a fuzz runs; the environment variable FUZZ_RUNS asks for more. */
export function runs(usual: number): number {
  return Number(process.env["FUZZ_RUNS"] ?? usual);
}

/** Milliseconds that also a long run gets. */
export const FUZZ_TIMEOUT = 1_800_000;
