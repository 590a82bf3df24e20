import type { Phase } from "../view/rolloutView";
import { html } from "./html";
import type { Html } from "./html";

/** A shape for each phase, so that it is not told by colour alone. */
const PHASE_PATHS: Readonly<Record<Phase, Html>> = {
  stable: html`<path d="M4.5 8.5l2.5 2.5 4.5-5.5" />`,
  waiting: html`<path d="M6 5l3.5 3L6 11" />`,
  paused: html`<path d="M6.3 5.5v5M9.7 5.5v5" />`,
  baking: html`<path d="M8 4.5V8l2.5 1.5" />`,
  progressing: html`<path d="M8 11.5v-7M5.2 7.2L8 4.4l2.8 2.8" />`,
  degraded: html`<path d="M8 4.5v4.2M8 11.2v.3" />`,
};

export function phaseIcon(phase: Phase): Html {
  return html`<svg class="icon" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="7" />
    ${PHASE_PATHS[phase]}
  </svg>`;
}

export const CHECK = html`<svg class="icon" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
  <path d="M2 6.5L4.8 9 10 3" />
</svg>`;

/** How many colours, and how many line styles; a deployment takes one of each by its slot. */
const COLOURS = 6;
const STYLES = 4;

/** The classes that give a deployment its colour and its line style. */
export function slotClass(slot: number): string {
  return `c${slot % COLOURS} l${slot % STYLES}`;
}

/** What stands for a deployment in a legend: its line on its area. */
export function swatch(slot: number): Html {
  return html`<svg class="swatch ${slotClass(slot)}" width="28" height="14" aria-hidden="true">
    <rect x="0" y="7" width="28" height="7" fill="url(#fill-${slot})" />
    <path class="line" d="M0 7h28" />
  </svg>`;
}

/** The fill of a deployment's areas, which differs in more than its colour. */
export function fillPattern(slot: number): Html {
  const motif = [html``, html`<path class="hatch" d="M0 4h8" />`, html`<path class="hatch" d="M4 0v8" />`][
    slot % STYLES
  ];
  return html`<pattern
    id="fill-${slot}"
    class="${slotClass(slot)}"
    width="8"
    height="8"
    patternUnits="userSpaceOnUse"
    patternTransform="rotate(45)"
  >
    <rect class="tint" width="8" height="8" />${motif ?? html`<circle class="dot" cx="4" cy="4" r="1.5" />`}
  </pattern>`;
}
