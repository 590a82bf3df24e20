import { cutName, padEnd, padStart, widthOf } from "../terminal/columns";

export interface Column {
  readonly title: string;
  readonly cells: readonly string[];
  /** Numbers stand right. */
  readonly isNumber?: boolean;
}

const GAP = "  ";

/**
 * Lines of a table, its titles first. The first column is cut when the table is wider than it may be.
 *
 * @param columns - at least one
 */
export function table(columns: readonly Column[], width: number): readonly string[] {
  const widths = columns.map(({ title, cells }) => Math.max(...[title, ...cells].map(widthOf)));
  const over = widths.reduce((sum, each) => sum + each + GAP.length, -GAP.length) - width;
  const fitted = widths.map((each, index) => (index === 0 && over > 0 ? Math.max(MIN_FIRST, each - over) : each));
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, index) => {
        const room = fitted[index] ?? 0;
        return (columns[index]?.isNumber === true ? padStart : padEnd)(cutName(text, room), room);
      })
      .join(GAP)
      .trimEnd();
  const rows = columns[0]?.cells ?? [];
  return [
    line(columns.map(({ title }) => title)),
    ...rows.map((_, row) => line(columns.map(({ cells }) => cells[row] ?? ""))),
  ];
}

const MIN_FIRST = 4;
