/** An instant for a person: local time to the minute, `2026-11-30 20:44`. */
export function localTime(instant: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = [instant.getFullYear(), two(instant.getMonth() + 1), two(instant.getDate())].join("-");
  return `${day} ${two(instant.getHours())}:${two(instant.getMinutes())}`;
}

const UNITS: readonly (readonly [seconds: number, name: string])[] = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
];

/** How far away an instant is: `3 minutes ago`, `in 2 days`, `now` within a minute. */
export function fromNow(instant: Date, now: Date): string {
  const seconds = Math.round((instant.getTime() - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  const [unit, name] = UNITS.find(([least]) => size >= least) ?? [];
  if (unit === undefined || name === undefined) return "now";
  const count = Math.floor(size / unit);
  const length = `${count} ${name}${count === 1 ? "" : "s"}`;
  return seconds < 0 ? `${length} ago` : `in ${length}`;
}
