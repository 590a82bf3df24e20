import type { BigIntStats } from "node:fs";

/** A text that is another one after each change of a file, or when another file is in its place. */
export function stampOf({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino].join(":");
}

/** File systems tell times apart that are this far from each other; FAT is the coarsest. */
const GRAIN_NS = 2_000_000_000n;

/**
 * Whether a file lies still long enough for a later change to show in its times.
 *
 * @param now milliseconds since 1970
 */
export function isSettled({ mtimeNs, ctimeNs }: BigIntStats, now: number): boolean {
  const latest = mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
  return BigInt(now) * 1_000_000n - latest > GRAIN_NS;
}
