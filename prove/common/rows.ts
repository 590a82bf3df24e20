import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

/** Rows in a JSON lines file, so an interrupted run resumes where it was. */
export class Rows<Row> {
  private readonly rows: Map<string, Row>;

  /** @param key - identifies a row; the latest counts */
  constructor(
    private readonly file: string,
    private readonly key: (row: Row) => string,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    this.rows = new Map((existsSync(file) ? linesOf<Row>(file) : []).map((row) => [key(row), row]));
  }

  get all(): readonly Row[] {
    return [...this.rows.values()];
  }

  find(key: string): Row | undefined {
    return this.rows.get(key);
  }

  add(row: Row): void {
    this.rows.set(this.key(row), row);
    appendFileSync(this.file, `${JSON.stringify(row)}\n`);
  }
}

function linesOf<Row>(file: string): Row[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Row);
}
