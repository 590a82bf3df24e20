/** Milliseconds of an ISO 8601 duration up to days, as request settings and probes use them. */
export function durationMs(text: string): number {
  const [, days = "0", hours = "0", minutes = "0", seconds = "0"] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text) ?? [];
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
