export interface BucketLimit {
  /** Tokens when it is full. */
  readonly size: number;
  /** Tokens that come back. */
  readonly perSecond: number;
}

/** A bucket of tokens that fills by the time that passes. */
export class TokenBucket {
  private level: number;

  /** @param at - milliseconds, when it is full */
  constructor(
    private readonly limit: BucketLimit,
    private at: number,
  ) {
    this.level = limit.size;
  }

  /** Whole tokens in it, as of the last take. */
  get tokens(): number {
    return Math.floor(this.level);
  }

  /** Takes a token. @returns 0, or the milliseconds until there is one when there is none now */
  take(now: number): number {
    const { size, perSecond } = this.limit;
    this.level = Math.min(size, this.level + (Math.max(now - this.at, 0) * perSecond) / 1000);
    this.at = Math.max(now, this.at);
    if (this.level < 1) return ((1 - this.level) * 1000) / perSecond;
    this.level -= 1;
    return 0;
  }
}
