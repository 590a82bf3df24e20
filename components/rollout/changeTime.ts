/** The clocks of two machines may differ by this; a time further ahead is none that anybody has measured. */
const MAX_SKEW_MINUTES = 5;

/** Whether the recorded time of a step cannot be: such a time counts as now, and the next step writes it anew. */
export function changedInFuture(changedAt: string | undefined, now: Date): boolean {
  return isInstant(changedAt) && Date.parse(changedAt) - now.getTime() > MAX_SKEW_MINUTES * 60_000;
}

/** What a person is told of such a time; undefined for any other. */
export function describeFutureChange(changedAt: string | undefined, now: Date): string | undefined {
  if (!changedInFuture(changedAt, now)) return undefined;
  return `the last step is dated ${changedAt}, which is in the future and counts as now`;
}

/** Minutes of the bake time that are left; none without a time. */
export function bakeMinutesLeft(changedAt: string | undefined, bakeMinutes: number, now: Date): number {
  if (!isInstant(changedAt)) return 0;
  // The clocks of Azure and of this machine differ: a time ahead is now.
  const minutesSince = Math.max(0, (now.getTime() - Date.parse(changedAt)) / 60_000);
  return Math.max(0, Math.ceil(bakeMinutes - minutesSince));
}

export function isInstant(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}
