import { placeOf, round, timeTicks } from "./axis";
import { formFor, timeOf } from "./format";
import { html } from "./html";
import type { Html } from "./html";
import { stepGroups } from "./stepList";
import type { Timeline } from "./timeline";

/** One plot above the common axis of time. */
export interface Plot {
  readonly id: string;
  readonly title: string;
  /** What a screen reader says instead of the picture. */
  readonly summary: string;
  readonly legend: readonly Html[];
  /** Height of the plot in pixels. */
  readonly height: number;
  /** Where its axis ends; it begins at 0. */
  readonly maximum: number;
  format(value: number): string;
  /** What is drawn; x in percent of the width, y in pixels. */
  readonly body: Html;
}

/** Space for a line on the upper edge. */
const TOP = 7;
const MOST_TICKS = 7;
/** So near to an end of the axis, in percent, a time would cover what is beside it. */
const EDGE = 4;

/** The y of a value, in pixels. */
export function heightOf(value: number, { height, maximum }: Pick<Plot, "height" | "maximum">): number {
  return round(height - 1 - ((height - 1 - TOP) * value) / maximum);
}

/** Plots scale with the page without a script: what they show is placed in percent, and texts keep their size. */
export function plotFrame(plot: Plot, timeline: Timeline, above?: Html): Html {
  const { id, title, summary, legend, height, maximum, body } = plot;
  const lines = [0, maximum / 2, maximum].map((value) => ({ value, y: heightOf(value, plot) }));
  return html`<section class="plot" aria-labelledby="${id}-title">
    <div class="plot-head">
      <h3 id="${id}-title">${title}</h3>
      <ul class="legend">
        ${legend.map((entry) => html`<li>${entry}</li> `)}
      </ul>
    </div>
    ${above}
    <div class="plot-body">
      <svg class="scale" width="56" height="${height}" aria-hidden="true">
        ${lines.map(({ value, y }) => html`<text x="48" y="${y}" dy="0.32em">${plot.format(value)}</text>`)}
      </svg>
      <svg class="area" width="100%" height="${height}" role="img" aria-label="${summary}">
        ${lines.map(({ y }) => html`<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}" />`)}
        ${timeLines(timeline)}${body}${stepLines(timeline)}
        <line class="cursor" x1="0" x2="0" y1="0" y2="100%" />
      </svg>
    </div>
  </section>`;
}

/** The times below the last plot. */
export function timeAxis(timeline: Timeline): Html {
  const { at, step } = ticksOf(timeline);
  const form = formFor(timeline, step);
  return html`<div class="plot-body" aria-hidden="true">
    <span class="zone">UTC</span>
    <svg class="times" width="100%" height="20">
      ${at.map((time, index) => {
        const x = placeOf(time, timeline);
        if (x < EDGE || x > 100 - EDGE) return undefined;
        return html`<text class="${index % 2 === 0 ? "" : "extra"}" x="${x}%" y="14">${timeOf(time, form)}</text>`;
      })}
    </svg>
  </div>`;
}

/** The numbers of the steps above the first plot. */
export function stepNumbers(timeline: Timeline): Html {
  return html`<div class="plot-body" aria-hidden="true">
    <span></span>
    <svg class="numbers" width="100%" height="22">
      ${stepGroups(timeline).map(({ place, label, isFailed }) => {
        const width = 12 + 8 * label.length;
        return html`<svg class="step${isFailed ? " failed" : ""}" x="${place}%" y="0" overflow="visible">
          <rect x="${-width / 2}" y="1" width="${width}" height="20" rx="10" />
          <text x="0" y="11" dy="0.35em">${label}</text>
        </svg>`;
      })}
    </svg>
  </div>`;
}

function stepLines(timeline: Timeline): readonly Html[] {
  return stepGroups(timeline).map(({ place }) => {
    return html`<line class="step-line" x1="${place}%" x2="${place}%" y1="0" y2="100%" />`;
  });
}

function timeLines(timeline: Timeline): readonly Html[] {
  return ticksOf(timeline).at.map((time) => {
    const x = placeOf(time, timeline);
    return html`<line class="grid" x1="${x}%" x2="${x}%" y1="0" y2="100%" />`;
  });
}

function ticksOf({ from, to }: Timeline): ReturnType<typeof timeTicks> {
  return timeTicks(from, to, MOST_TICKS);
}
