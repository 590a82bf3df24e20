/** Eight buckets for each doubling: a quantile is at most 4.5 % off. */
const PER_DOUBLING = 8;
/** The first bucket ends at a microsecond, the last one begins beyond an hour. */
const SMALLEST_MS = 0.001;
const BUCKETS = 256;

/** Durations in milliseconds, in memory that does not grow with their number. */
export class LatencyHistogram {
  private readonly buckets = new Uint32Array(BUCKETS);
  count = 0;
  total = 0;
  minimum = Infinity;
  maximum = 0;

  add(ms: number): void {
    const index = Math.ceil(Math.log2(ms / SMALLEST_MS) * PER_DOUBLING);
    const bucket = Math.min(Math.max(index, 0), BUCKETS - 1);
    this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1;
    this.count += 1;
    this.total += ms;
    if (ms < this.minimum) this.minimum = ms;
    if (ms > this.maximum) this.maximum = ms;
  }

  merge(other: LatencyHistogram): void {
    for (const [index, count] of other.buckets.entries()) this.buckets[index] = (this.buckets[index] ?? 0) + count;
    this.count += other.count;
    this.total += other.total;
    this.minimum = Math.min(this.minimum, other.minimum);
    this.maximum = Math.max(this.maximum, other.maximum);
  }

  /** @param share 0 to 1, such as 0.95 */
  quantile(share: number): number {
    const rank = Math.max(1, Math.ceil(share * this.count));
    let seen = 0;
    const bucket = this.buckets.findIndex((count) => (seen += count) >= rank);
    const middle = SMALLEST_MS * 2 ** ((bucket - 0.5) / PER_DOUBLING);
    return Math.min(Math.max(middle, this.minimum), this.maximum);
  }
}
