import type { Series } from "../../bench/common/series";

/** A series with one column that grows and one that does not. */
export const SERIES: Series = {
  by: "models & more",
  columns: [{ name: "time", unit: "s" }, { name: "requests" }],
  rows: [
    { at: 1, values: [2, 0] },
    { at: 100, values: [4, 0] },
  ],
};
