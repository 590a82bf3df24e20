const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** The unit, of 1,000 each, in which a number of bytes has the fewest digits. */
function unitOf(bytes: number): number {
  const fits = UNITS.findIndex((_, unit) => Number(shown(bytes, unit)) < 1000);
  return fits < 0 ? UNITS.length - 1 : fits;
}

function shown(bytes: number, unit: number): string {
  return unit === 0 ? String(bytes) : (bytes / 1000 ** unit).toFixed(1);
}

/** Such as `12.4 MB`. */
export function bytesText(bytes: number): string {
  const unit = unitOf(bytes);
  return `${shown(bytes, unit)} ${UNITS[unit] ?? ""}`;
}

/** Such as `1.2 of 3.4 GB`. */
export function bytesOfText(part: number, whole: number): string {
  const unit = unitOf(whole);
  return `${shown(part, unit)} of ${shown(whole, unit)} ${UNITS[unit] ?? ""}`;
}
