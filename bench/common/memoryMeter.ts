import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MB = 1024;
/** Writes the peak memory of the process that runs a program, in kB, when it ends. */
const METER = `
if (process.argv.some((each) => /pulumi[\\\\/](bin[\\\\/])?cmd[\\\\/]run/.test(each)))
  process.on("exit", () => require("node:fs").appendFileSync(process.env.BENCH_MEMORY, process.resourceUsage().maxRSS + "\\n"));
`;

/** Measures the peak memory of programs that Pulumi runs. */
export class MemoryMeter {
  private readonly folder = mkdtempSync(join(tmpdir(), "bench-memory-"));
  private readonly log = join(this.folder, "memory");
  /** Variables of what runs the programs. */
  readonly env: Readonly<Record<string, string>>;

  constructor() {
    const meter = join(this.folder, "meter.cjs");
    writeFileSync(meter, METER);
    this.env = { NODE_OPTIONS: `--require ${meter}`, BENCH_MEMORY: this.log };
    this.clear();
  }

  clear(): void {
    writeFileSync(this.log, "");
  }

  /** Of each program since it was cleared. */
  megabytes(): readonly number[] {
    const lines = readFileSync(this.log, "utf8").trim().split("\n");
    return lines.map((line) => Number(line) / MB);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
