import { NO_TRAFFIC, weightOf } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import { placeOf, round } from "./axis";
import { percent, timeOf } from "./format";
import { html } from "./html";
import type { Html } from "./html";
import { fillPattern, slotClass, swatch } from "./icons";
import { heightOf } from "./plotFrame";
import type { Plot } from "./plotFrame";
import type { Span, Timeline, Track } from "./timeline";

const SIZE = { height: 170, maximum: 100 };
/** A weight is written into its area where that is wide and high enough: percent of the width, points of weight. */
const LEAST = { width: 12, weight: 12 };

/** The live weights as areas on top of each other, the candidate at the bottom. */
export function weightsPlot(timeline: Timeline): Plot {
  const { tracks, spans, from, to, marks } = timeline;
  const now = spans.at(-1)?.state;
  const weights = tracks.map(({ name }) => `${name} ${percent(weightOf(now?.traffic ?? {}, name))}`).join(", ");
  const steps = marks.length === 0 ? "no step" : marks.length === 1 ? "1 step" : `${marks.length} steps`;
  return {
    id: "weights",
    title: "Weights",
    summary: `Live weights from ${timeOf(from)} to ${timeOf(to)}, with ${steps}; at the end ${weights}`,
    legend: tracks.map(({ name, slot }) => legendEntry(name, slot, now ?? NO_TRAFFIC)),
    ...SIZE,
    format: (value) => percent(value),
    body: html`<defs>${tracks.map(({ slot }) => fillPattern(slot))}</defs>
      ${spans.map((span) => spanAreas(span, timeline))}`,
  };
}

function legendEntry(name: string, slot: number, { traffic, mirrorTraffic }: TrafficState): Html {
  const mirror = weightOf(mirrorTraffic, name);
  return html`${swatch(slot)} <bdi>${name}</bdi>
    <b data-of="${name}" data-what="weight">${percent(weightOf(traffic, name))}</b>
    ${mirror > 0 ? `and ${percent(mirror)} copied` : ""}`;
}

function spanAreas(span: Span, timeline: Timeline): readonly Html[] {
  let below = 0;
  const areas = timeline.tracks.toReversed().map((track) => {
    const weight = weightOf(span.state.traffic, track.name);
    const area = areaOf(track, below, weight, span, timeline);
    below += weight;
    return area;
  });
  return [...areas, ...timeline.tracks.map((track) => mirrorLine(track, span, timeline))];
}

function areaOf({ slot }: Track, below: number, weight: number, span: Span, timeline: Timeline): Html {
  if (weight <= 0) return html``;
  const [left, right] = [placeOf(span.from, timeline), placeOf(span.to, timeline)];
  const [top, bottom] = [heightOf(Math.min(below + weight, 100), SIZE), heightOf(Math.min(below, 100), SIZE)];
  const width = round(right - left);
  const isLabelled = width >= LEAST.width && weight >= LEAST.weight;
  const middle = html`<text class="in-area" x="${round(left + width / 2)}%" y="${round((top + bottom) / 2)}" dy="0.35em"
    >${percent(weight)}</text
  >`;
  return html`<g class="${slotClass(slot)}">
    <rect
      class="weight"
      x="${left}%"
      y="${top}"
      width="${width}%"
      height="${round(bottom - top)}"
      fill="url(#fill-${slot})"
    />
    <line class="line" x1="${left}%" x2="${right}%" y1="${top}" y2="${top}" />
    ${isLabelled ? middle : undefined}
  </g>`;
}

/** Copies of requests take nothing from anybody, so that they are a line across the areas. */
function mirrorLine({ name, slot }: Track, { state, from, to }: Span, timeline: Timeline): Html {
  const mirror = weightOf(state.mirrorTraffic, name);
  if (mirror <= 0) return html``;
  const [x1, x2, y] = [placeOf(from, timeline), placeOf(to, timeline), heightOf(mirror, SIZE)];
  return html`<g class="${slotClass(slot)}">
    <line class="mirror" x1="${x1}%" x2="${x2}%" y1="${y}" y2="${y}" />
  </g>`;
}
