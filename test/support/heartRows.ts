import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../driver/paths";

/** The 303 rows that the models were trained on, beside the project and never in it. */
export const HEART_CSV = join(ROOT, "..", "shared", "data", "heart.csv");
export const hasHeartRows = existsSync(HEART_CSV);
/** Ends the name of a test that reads them. */
export const WITHOUT_ROWS = hasHeartRows ? "" : " (skipped: ../shared/data/heart.csv is missing)";

export interface Frame {
  readonly columns: readonly string[];
  readonly data: readonly (readonly (number | string)[])[];
}

/** All rows, without the answer that a model is to give. */
export function readHeartRows(): Frame {
  const [header = "", ...lines] = readFileSync(HEART_CSV, "utf8").trim().split(/\r?\n/);
  const columns = header.split(",").slice(0, -1);
  const toRow = (line: string) =>
    columns.map((name, at) => (name === "thal" ? cellOf(line, at) : Number(cellOf(line, at))));
  return { columns, data: lines.map(toRow) };
}

function cellOf(line: string, at: number): string {
  return line.split(",")[at] ?? "";
}
