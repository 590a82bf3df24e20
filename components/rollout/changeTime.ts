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

/** Remaining minutes of the bake time; none without a recorded time. */
export function bakeMinutesLeft(changedAt: string | undefined, bakeMinutes: number, now: Date): number {
  if (!isInstant(changedAt)) return 0;
  // Azure's clock and this machine's differ: a time ahead counts as now.
  const minutesSince = Math.max(0, (now.getTime() - Date.parse(changedAt)) / 60_000);
  return Math.max(0, Math.ceil(bakeMinutes - minutesSince));
}

export function isInstant(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}
