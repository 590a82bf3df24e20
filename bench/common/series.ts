import { alignedTable } from "../../prove/common/alignedTable";

/** How something grows, or what follows from a choice, row by row: stated, and held against nothing. */
export interface Series {
  /** What is counted or chosen, such as `deployments of the endpoint`. */
  readonly by: string;
  readonly columns: readonly Column[];
  readonly rows: readonly SeriesRow[];
  /** What it comes to, in a sentence. */
  readonly note?: string;
}

export interface Column {
  readonly name: string;
  /** Such as `s` or `MB`. */
  readonly unit?: string;
}

export interface SeriesRow {
  /** A number, or what a row is about; then there is no plot. */
  readonly at: number | string;
  /** One for each column. */
  readonly values: readonly number[];
}

/** Whether a series has a plot: where its rows are numbers. */
export function isPlotted({ rows }: Series): boolean {
  return rows.every(({ at }) => typeof at === "number");
}

/** `time in s` */
export function columnTitle({ name, unit }: Column): string {
  return unit === undefined ? name : `${name} (${unit})`;
}

export function seriesTable({ by, columns, rows, note }: Series): string {
  const header = [by, ...columns.map(columnTitle)];
  const table = alignedTable([header, ...rows.map(({ at, values }) => [at, ...values].map(String))]);
  return note === undefined ? table : `${table}\n${note}\n`;
}

/** A line of `--json` for each row. */
export function seriesLines({ by, columns, rows }: Series): readonly string[] {
  return rows.map(({ at, values }) => {
    const named = columns.map((column, index) => [columnTitle(column), values[index]] as const);
    return JSON.stringify({ [by]: at, ...Object.fromEntries(named) });
  });
}
