/** `41 ms`, `1.24 s`. */
export function milliseconds(value: number): string {
  return value < 1000 ? `${significant(value)}\u00a0ms` : `${significant(value / 1000)}\u00a0s`;
}

/** `0 %`, `0.03 %`, `12 %`. */
export function percent(value: number): string {
  return `${significant(value)}\u00a0%`;
}

/** `0`, `0.4`, `118`, `1,240`. */
export function rate(value: number): string {
  return significant(value);
}

/** At most three digits that say something. */
function significant(value: number): string {
  const digits = value < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: value < 10 ? 1 : 0 };
  return value.toLocaleString("en", digits);
}

/** `14:05`, `14:05:30` or `30 Nov 14:05`, in UTC, which all terminals and reports have in common. */
export function timeOf(at: number, form: "minute" | "second" | "day" = "minute"): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "–";
  const time = date.toISOString().slice(11, form === "second" ? 19 : 16);
  return form === "day" ? `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${time}` : time;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_MS = 86_400_000;

/** How times are written where they are so far apart at least, of a span: the shortest form that tells them apart. */
export function formFor(
  { from, to }: { readonly from: number; readonly to: number },
  apart: number,
): "minute" | "second" | "day" {
  if (to - from > DAY_MS) return "day";
  return apart < 60_000 ? "second" : "minute";
}
