import { createHash } from "node:crypto";
import { deploymentTable } from "./deployments";
import { timeOf } from "./format";
import type { History } from "./history";
import { Html, html } from "./html";
import { numbersTable } from "./numbersTable";
import { plots } from "./plots";
import { SCRIPT } from "./script";
import { stepList } from "./stepList";
import { STYLE } from "./style";
import { announcementOf, nextStep, summary, titleOf } from "./summary";
import { timelineOf } from "./timeline";

/** What the page shows. */
export interface PageContent {
  readonly history: History;
  /** How far back the plots go; the rollout under way or the last one when it is left out. */
  readonly hours?: number;
  /** Why the newest view could not be read. */
  readonly problem?: string;
  /** What else could not be read, and why. */
  readonly unread?: readonly string[];
}

/** The parts of the page that change, as HTML by the id of their element. */
export interface Fragments {
  readonly problem: string;
  readonly summary: string;
  readonly next: string;
  readonly deployments: string;
  readonly plots: string;
  readonly steps: string;
  readonly numbers: string;
}

/** What a page that is open takes over. */
export interface PageUpdate {
  readonly title: string;
  /** What a screen reader says when it is another text than before. */
  readonly announcement: string;
  readonly fragments: Fragments;
}

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0b63ce"/>' +
    '<path d="M2 13V9h4V6h4V3h4v10z" fill="#fff"/></svg>',
)}`;

const HINT = "point at the plots, or use the arrow keys on them, to read values";

/** Nothing from anywhere else, and of scripts and styles only the page's own, which their hashes tell. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `script-src '${hashOf(SCRIPT)}'`,
  `style-src '${hashOf(STYLE)}'`,
  "connect-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export function updateOf({ history, hours, problem, unread = [] }: PageContent): PageUpdate {
  const view = history.views.at(-1);
  if (view === undefined) throw new Error("there is no view to show");
  const timeline = timelineOf(history, hours);
  const fragments = {
    problem: html`${problem}`,
    summary: summary(view),
    next: nextStep(view, unread),
    deployments: deploymentTable(view, timeline),
    plots: plots(timeline),
    steps: stepList(timeline),
    numbers: numbersTable(timeline),
  };
  const texts = Object.entries(fragments).map(([id, { text }]) => [id, text] as const);
  return {
    title: titleOf(view),
    announcement: problem ?? announcementOf(view),
    fragments: Object.fromEntries(texts) as unknown as Fragments,
  };
}

/** Where a page comes from. */
export type Origin =
  /** It takes over what the server at this path sends. */
  | { readonly stream: string }
  /** It was written once, at this time in milliseconds since 1970. */
  | { readonly writtenAt: number };

/** The whole page, which needs nothing but itself. */
export function pageOf({ title, announcement, fragments }: PageUpdate, origin: Origin): string {
  const isLive = "stream" in origin;
  const part = (id: keyof Fragments): Html => new Html(fragments[id]);
  const stream = isLive ? html` data-stream="${origin.stream}"` : undefined;
  const about = isLive
    ? html`Live from mlflow-rollout dashboard, read-only. Times are UTC.`
    : html`Written by mlflow-rollout dashboard at ${timeOf(origin.writtenAt, "day")}. Times are UTC.`;
  return html`<!doctype html>
    <html lang="en" ${stream}>
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="${GENERATOR}" />
        <title>${title}</title>
        <link rel="icon" href="${ICON}" />
        ${new Html(`<style>${STYLE}</style>`)}
      </head>
      <body>
        <a class="skip" href="#plot-group">Skip to the plots</a>
        <p id="connection" class="banner" role="status"></p>
        <p id="problem" class="banner" role="status">${part("problem")}</p>
        <header id="summary">${part("summary")}</header>
        <main>
          <section id="next" class="card" aria-labelledby="next-title">${part("next")}</section>
          <section id="deployments" class="card" aria-labelledby="deployments-title">${part("deployments")}</section>
          <section class="card over-time" aria-labelledby="plots-title">
            <div class="over-time-head">
              <h2 id="plots-title">Over time</h2>
              <p id="readout" class="readout">${HINT}</p>
            </div>
            <div class="plots" id="plot-group" tabindex="0" role="group" aria-label="Plots; arrow keys read values">
              <div class="plots" id="plots">${part("plots")}</div>
            </div>
            <div id="steps">${part("steps")}</div>
            <details>
              <summary>The numbers as a table</summary>
              <div class="scrolled" id="numbers" tabindex="0" role="region" aria-label="The numbers as a table">
                ${part("numbers")}
              </div>
            </details>
          </section>
        </main>
        <footer>${about}</footer>
        <p id="announcement" class="unseen" role="status">${isLive ? announcement : ""}</p>
        ${new Html(`<script>${SCRIPT}</script>`)}
      </body>
    </html> `.text;
}

/** How a page names its writer, so that a report is only written over a report. */
export const GENERATOR = "mlflow-rollout dashboard";

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
