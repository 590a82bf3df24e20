import { figuresTable } from "../common/figure";
import type { BenchPart, PartFigures } from "../common/part";
import { isPlotted, seriesTable } from "../common/series";

type Shown = Pick<BenchPart, "name" | "measures" | "about" | "isVirtual">;

const [BEGIN, END] = ["<!-- figures: begin -->", "<!-- figures: end -->"];
/** From this load for each core on, times are those of a busy machine. */
const BUSY = 1.2;

/** The page with the figures of all parts that were measured, each under its name. @throws Error without the marks for them */
export function withFigures(page: string, measured: readonly PartFigures[], parts: readonly Shown[]): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`the page has no ${BEGIN} and ${END}`);
  const sections = parts.flatMap((part) => {
    const found = measured.find(({ name }) => name === part.name);
    return found === undefined ? [] : [sectionOf(part, found)];
  });
  return `${before}${BEGIN}\n\n${sections.join("\n")}\n${END}${after}`;
}

function sectionOf({ name, measures, about, isVirtual }: Shown, { figures, series = [], load }: PartFigures): string {
  const busy =
    load > BUSY && isVirtual !== true
      ? ` Measured on a busy machine (load ${load} for each core): times are longer than they would be, and ratios are rough.`
      : "";
  const plot = !series.some(isPlotted) ? [] : [`![${plotTitle(measures)}](${plotName(name)})\n`];
  const tables = [...(figures.length === 0 ? [] : [figuresTable(figures)]), ...series.map(seriesTable)];
  return [`### ${name}: ${measures}\n`, `${about}${busy}\n`, ...plot, ...tables].join("\n");
}

/** The file of a part's plot, beside the page. */
export function plotName(part: string): string {
  return `performance-${part}.svg`;
}

export function plotTitle(measures: string): string {
  return `${measures[0]?.toUpperCase() ?? ""}${measures.slice(1)}`;
}
