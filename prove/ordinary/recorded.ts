import { join } from "node:path";
import { Rows } from "../rows";
import type { OrdinaryRow } from "./cases/ordinaryCase";
import { CASES } from "./cases/all";
import { DOCS } from "../../driver/paths";

/** Rows of a run, by the case. */
export function ordinaryRows(file: string): Rows<OrdinaryRow> {
  return new Rows<OrdinaryRow>(file, ({ name }) => name);
}

/** The rows that are recorded for the page, in the order of the cases; not every case has been recorded yet. */
export function recordedOrdinaryRows(): readonly OrdinaryRow[] {
  const rows = ordinaryRows(join(DOCS, "ordinary-use.jsonl"));
  return CASES.flatMap(({ name }) => rows.find(name) ?? []);
}
