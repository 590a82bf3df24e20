import { join } from "node:path";
import { Rows } from "../common/rows";
import type { FaultRow } from "./faultCase";
import { FAULTS } from "./cases";
import { DOCS } from "../../driver/paths";

/** Rows of a run, by fault. */
export function faultRows(file: string): Rows<FaultRow> {
  return new Rows<FaultRow>(file, ({ name }) => name);
}

/** The rows recorded for the page, in the order of the cases. */
export function recordedFaultRows(): readonly FaultRow[] {
  const rows = faultRows(join(DOCS, "fault-table.jsonl"));
  return FAULTS.flatMap(({ name }) => rows.find(name) ?? []);
}
