import { join } from "node:path";
import { Rows } from "../common/rows";
import type { OrdinaryRow } from "./cases/ordinaryCase";
import { CASES } from "./cases/all";
import { DOCS } from "../../driver/paths";

/** Rows of a run, by case. */
export function ordinaryRows(file: string): Rows<OrdinaryRow> {
  return new Rows<OrdinaryRow>(file, ({ name }) => name);
}

/** The rows recorded for the page, in the order of the cases; some cases may be missing. */
export function recordedOrdinaryRows(): readonly OrdinaryRow[] {
  const rows = ordinaryRows(join(DOCS, "ordinary-use.jsonl"));
  return CASES.flatMap(({ name }) => rows.find(name) ?? []);
}
