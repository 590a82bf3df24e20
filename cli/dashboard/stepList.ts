import { placeOf } from "./axis";
import { formFor, timeOf } from "./format";
import { html } from "./html";
import type { Html } from "./html";
import type { Mark } from "./marks";
import type { Timeline } from "./timeline";

/** Steps that stand at one place of the plots. */
export interface StepGroup {
  /** Of the last one, in percent of the width. */
  readonly place: number;
  /** `3`, or `3–5` for several that are too close to each other. */
  readonly label: string;
  readonly isFailed: boolean;
}

/** Steps that are closer than this would cover each other on a narrow screen. */
const LEAST_DISTANCE = 4;

export function stepGroups(timeline: Timeline): readonly StepGroup[] {
  const groups: Mark[][] = [];
  for (const mark of timeline.marks) {
    const [first] = groups.at(-1) ?? [];
    const isClose = first !== undefined && placeOf(mark.at, timeline) - placeOf(first.at, timeline) < LEAST_DISTANCE;
    if (isClose) groups.at(-1)?.push(mark);
    else groups.push([mark]);
  }
  return groups.map((marks) => {
    const [first, last] = [marks[0]?.number, marks.at(-1)?.number];
    return {
      place: placeOf(marks.at(-1)?.at ?? 0, timeline),
      label: first === last ? String(first) : `${first}–${last}`,
      isFailed: marks.some(({ isFailed }) => isFailed),
    };
  });
}

/** What the numbers in the plots mean. */
export function stepList(timeline: Timeline): Html {
  const { marks } = timeline;
  if (marks.length === 0) return html`<p class="quiet">No step was taken in this time.</p>`;
  const form = formFor(timeline, (timeline.to - timeline.from) / 10);
  return html`<ol class="steps" aria-label="Steps">
    ${marks.map(({ number, at, text, note, isFailed }) => {
      return html`<li class="${isFailed ? "failed" : ""}" value="${number}">
        <span class="number" aria-hidden="true">${number}</span>
        <time datetime="${new Date(at).toISOString()}">${timeOf(at, form)}</time>
        <span><bdi>${text}</bdi>${note === undefined ? undefined : html` <q><bdi>${note}</bdi></q>`}</span>
      </li> `;
    })}
  </ol>`;
}
