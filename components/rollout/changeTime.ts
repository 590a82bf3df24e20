/** Tolerated difference between two machines' clocks; a time further ahead cannot be real. */
const MAX_SKEW_MINUTES = 5;

/** Whether the recorded time of a step lies in the future: it then counts as now, and the next step rewrites it. */
export function changedInFuture(changedAt: string | undefined, now: Date): boolean {
  return isInstant(changedAt) && Date.parse(changedAt) - now.getTime() > MAX_SKEW_MINUTES * 60_000;
}

/** The message about such a time; undefined for any other. */
export function describeFutureChange(changedAt: string | undefined, now: Date): string | undefined {
  if (!changedInFuture(changedAt, now)) return undefined;
  return `the last step is dated ${changedAt}, which is in the future and counts as now`;
}

/** Minutes of the bake time, or of another one after the last step, that are left; none without a record of that step. */
export function bakeMinutesLeft(changedAt: string | undefined, minutes: number, now: Date): number {
  const changed = changedAt === undefined ? Number.NaN : Date.parse(changedAt);
  if (Number.isNaN(changed)) return 0;
  // Azure's clock and this machine's differ: a time ahead counts as now.
  const minutesSince = Math.max(0, (now.getTime() - changed) / 60_000);
  return Math.max(0, Math.ceil(minutes - minutesSince));
}

/** When a time after the last step is over, RFC 3339. */
export function endOf(changedAt: string, minutes: number, now: Date): string {
  const start = Math.min(Date.parse(changedAt), now.getTime());
  return new Date(start + minutes * 60_000).toISOString();
}

/** Since when such a time counts, and what to do when nobody can have measured that. */
export function describeSince(changedAt: string | undefined, now: Date): string {
  const future = describeFutureChange(changedAt, now);
  if (future === undefined) return `last step ${changedAt}`;
  return `${future}; run "pulumi up" with the weights as they are once, which starts the time`;
}

export function isInstant(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}
