/** `14:32 UTC`, and with the date on another day than today; a text that is no time stays as it is. */
export function clock(time: string, now: Date): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return time;
  const [day = "", rest = ""] = date.toISOString().split("T");
  const text = `${rest.slice(0, 5)} UTC`;
  return day === now.toISOString().slice(0, 10) ? text : `${day} ${text}`;
}

/** `45 s`, `12 min`, `2 h 5 min`, `3 d 4 h`: rounded up, so that nothing is over before its time. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 24 * 60) return both(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.ceil(minutes / 60);
  return both(Math.floor(hours / 24), "d", hours % 24, "h");
}

/** As {@link span}, with the seconds of the last hour: `12 min 5 s`. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return seconds < 60 || seconds >= 3600
    ? span(milliseconds)
    : both(Math.floor(seconds / 60), "min", seconds % 60, "s");
}

/** `14:20:05 UTC`, and with the date on another day than today. */
export function clockSeconds(time: string, now: Date): string {
  const text = clock(time, now);
  return text.replace(/:(\d\d) UTC$/, `:$1:${new Date(time).toISOString().slice(17, 19)} UTC`);
}

function both(large: number, unit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`;
}
