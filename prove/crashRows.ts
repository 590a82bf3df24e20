import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import type { CrashRow } from "./crashCase";

/** Rows in a file of JSON lines, so that an interrupted run goes on where it was. */
export class CrashRows {
  private readonly rows: CrashRow[];

  constructor(private readonly file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.rows = existsSync(file) ? readRows(file) : [];
  }

  get all(): readonly CrashRow[] {
    return this.rows;
  }

  find({ stage, call, moment }: Pick<CrashRow, "stage" | "call" | "moment">): CrashRow | undefined {
    return this.rows.find((row) => row.stage === stage && row.call === call && row.moment === moment);
  }

  add(row: CrashRow): void {
    this.rows.push(row);
    appendFileSync(this.file, `${JSON.stringify(row)}\n`);
  }
}

/** The rows of a file, the last one for each crash. */
export function readRows(file: string): CrashRow[] {
  const lines = readFileSync(file, "utf8").split("\n");
  const rows = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as CrashRow);
  return [...new Map(rows.map((row) => [`${row.stage}|${row.call}|${row.moment}`, row])).values()];
}
