import { cutStyled, printable, wrap } from "../terminal/columns";
import type { Style } from "../terminal/style";
import { plotLines } from "./plots";
import type { RolloutView } from "./rolloutView";
import { deploymentLines, messageLines, metricsLines, nextLines, titleLines } from "./sections";
import { clock } from "./times";

/** What a screen shows. */
export interface WatchData {
  /** Oldest first; at least one. */
  readonly history: readonly RolloutView[];
  readonly now: Date;
  /** Why it could not be read since then. */
  readonly trouble?: { readonly since: Date; readonly why: string };
}

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

/** No terminal is too wide, but lines are not longer. */
const MOST_COLUMNS = 80;

/**
 * A rollout as one screen of a terminal: at most as many lines as it has rows, none longer than it is wide. What there is
 * no room for is left out: blank lines first, then the plots, the metrics, and deployments.
 *
 * @param footer - the last line
 */
export function watchScreen({ history, now, trouble }: WatchData, size: ScreenSize, style: Style, footer = "q quits") {
  const view = history.at(-1);
  if (view === undefined) return "";
  const width = Math.min(size.columns, MOST_COLUMNS);
  const drawing = { width, style, now };
  const top = [titleLines(view, drawing), messageLines(view, drawing)];
  const deployments = deploymentLines(view, drawing);
  const metrics = metricsLines(view, drawing);
  const plots = plotLines(history, plotted(history), now, width);
  const troubled = troubleLines(trouble, now, width).map((line) => style("bad", line));
  const end = [...nextLines(view, drawing), ...troubled, style("faint", footer)];
  const layouts = [
    [...top, deployments, metrics, plots, end],
    [...top, deployments, metrics, end],
    [...top, deployments, end],
  ];
  const fits = (lines: readonly string[]): boolean => lines.length <= size.rows;
  const shown =
    layouts.flatMap((sections) => [joined(sections, [""]), joined(sections, [])]).find(fits) ??
    joined([...top, shortened(deployments, size.rows - joined([...top, end], []).length), end], []);
  const cutOff = fits(shown) ? shown : [...shown.slice(0, size.rows - 1), style("faint", footer)];
  return cutOff.map((line) => cutStyled(line, size.columns)).join("\n");
}

/** The deployment whose curves are drawn: the candidate, that of before when there is none any more, or the stable one. */
function plotted(history: readonly RolloutView[]): string {
  const withRole = (role: string): string | undefined =>
    history
      .findLast(({ deployments }) => deployments.some((each) => each.role === role))
      ?.deployments.find((each) => each.role === role)?.name;
  return withRole("candidate") ?? withRole("stable") ?? history.at(-1)?.deployments[0]?.name ?? "";
}

/** Sections below each other, those that are empty left out. */
function joined(sections: readonly (readonly string[])[], gap: readonly string[]): readonly string[] {
  const present = sections.filter((lines) => lines.length > 0);
  return present.flatMap((lines, index) => (index === 0 ? lines : [...gap, ...lines]));
}

/** As many rows of a table as there is room for, its titles among them. */
function shortened(lines: readonly string[], room: number): readonly string[] {
  const most = Math.max(2, room);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `and ${lines.length - most + 1} more`];
}

function troubleLines(trouble: WatchData["trouble"], now: Date, width: number): readonly string[] {
  if (trouble === undefined) return [];
  const since = clock(trouble.since.toISOString(), now);
  return wrap(printable(`cannot be read since ${since}, and is tried again: ${trouble.why}`), width);
}
