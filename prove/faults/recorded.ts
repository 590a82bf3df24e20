import { join } from "node:path";
import { Rows } from "../rows";
import type { FaultRow } from "./case";
import { FAULTS } from "./cases";
import { DOCS } from "../../driver/paths";

/** Rows of a run, by the fault. */
export function rowsIn(file: string): Rows<FaultRow> {
  return new Rows<FaultRow>(file, ({ name }) => name);
}

/** The rows that are recorded for the page, in the order of the cases. */
export function recordedRows(): readonly FaultRow[] {
  const rows = rowsIn(join(DOCS, "fault-table.jsonl"));
  return FAULTS.flatMap(({ name }) => rows.find(name) ?? []);
}
