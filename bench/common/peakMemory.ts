/** For a `ProgramMeter`: writes the peak memory of the process in kB when it ends. */
export const PEAK_MEMORY = `process.on("exit", () => require("node:fs").appendFileSync(log, process.resourceUsage().maxRSS + "\\n"));`;

/** Of each program that has ended. @param written - what the meter reads */
export function peakMegabytes(written: string): readonly number[] {
  return written.split("\n").map((kilobytes) => Number(kilobytes) / 1024);
}
