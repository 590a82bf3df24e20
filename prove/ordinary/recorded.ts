import { join } from "node:path";
import { Rows } from "../rows";
import type { OrdinaryRow } from "./case";
import { CASES } from "./cases";
import { DOCS } from "../../driver/paths";

/** Rows of a run, by the case. */
export function rowsIn(file: string): Rows<OrdinaryRow> {
  return new Rows<OrdinaryRow>(file, ({ name }) => name);
}

/** The rows that are recorded for the page, in the order of the cases; not every case has been recorded yet. */
export function recordedRows(): readonly OrdinaryRow[] {
  const rows = rowsIn(join(DOCS, "ordinary-use.jsonl"));
  return CASES.flatMap(({ name }) => rows.find(name) ?? []);
}
