import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Has code run first in the process of each program that Pulumi runs, and reads what it has written to the file `log`. */
export class ProgramMeter {
  private readonly folder = mkdtempSync(join(tmpdir(), "bench-program-"));
  private readonly log = join(this.folder, "log");
  /** Variables of what runs the programs. */
  readonly env: Readonly<Record<string, string>>;

  constructor(code: string) {
    const meter = join(this.folder, "meter.cjs");
    writeFileSync(
      meter,
      `if (process.argv.some((each) => /pulumi[\\\\/](bin[\\\\/])?cmd[\\\\/]run/.test(each))) {
  const log = ${JSON.stringify(this.log)};
  ${code}
}
`,
    );
    this.env = { NODE_OPTIONS: `--require ${meter}` };
    this.clear();
  }

  clear(): void {
    writeFileSync(this.log, "");
  }

  read(): string {
    return readFileSync(this.log, "utf8").trim();
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
