import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Redactor } from "./redact";
import { renderReport } from "./report";
import type { Report } from "./report";

/** The report on disk, rewritten with each result, so a killed run leaves one too. */
export class ReportFile {
  constructor(
    private readonly folder: string,
    private readonly redactor: Redactor,
    private current: Report,
    private readonly now: () => Date = () => new Date(),
  ) {
    mkdirSync(folder, { recursive: true });
    this.add({});
  }

  get report(): Report {
    return this.current;
  }

  get paths(): readonly string[] {
    return ["json", "md"].map((ending) => join(this.folder, `acceptance-report.${ending}`));
  }

  add(change: Partial<Report>): void {
    const minutes = Math.round((this.now().getTime() - Date.parse(this.current.started)) / 6000) / 10;
    this.current = this.redactor.redacted({ ...this.current, minutes, ...change });
    const [json = "", markdown = ""] = this.paths;
    writeFileSync(json, `${JSON.stringify(this.current, undefined, 2)}\n`);
    writeFileSync(markdown, renderReport(this.current));
  }
}
