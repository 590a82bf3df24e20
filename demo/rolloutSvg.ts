import { BLUE, GREEN } from "../driver/article";
import { wilsonInterval } from "../components/values/wilsonInterval";
import type { DemoStepReport } from "./walk";

const WIDTH = 880;
const HEIGHT = 380;
/** Where the weights are drawn. */
const PLOT = { left: 52, right: 868, top: 68, bottom: 268 };
const GAP = 2;
const LINE_HEIGHT = 14;
/** As many letters of a step's name as fit below its column. */
const LETTERS = 15;
const TICKS = [0, 50, 100];

const STYLE = `
    text { font: 12px -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
    .card { fill: #ffffff; stroke: #d1d9e0; }
    .title { font-size: 15px; font-weight: 600; }
    .quiet { fill: #59636e; font-size: 11px; }
    .number { font-weight: 600; }
    .grid { stroke: #d1d9e0; }
    .blue { fill: #54a0ff; }
    .green { fill: #2fb170; }
    .measured { stroke: #1f2328; stroke-width: 1.5; }
    .point { fill: #ffffff; }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; }
      .card { fill: #0d1117; stroke: #3d444d; }
      .quiet { fill: #9198a1; }
      .grid { stroke: #3d444d; }
      .blue { fill: #2f6feb; }
      .green { fill: #238a57; }
      .measured { stroke: #f0f6fc; }
      .point { fill: #0d1117; }
    }`;

/** The live weights after each step as areas, and what was measured of the candidate as points. */
export function rolloutSvg(reports: readonly DemoStepReport[]): string {
  const requests = reports.reduce((sum, report) => sum + report.requests, 0);
  const failed = reports.reduce((sum, report) => sum + report.failed, 0);
  const summary = `${count(requests)} scoring requests sent on the way, ${count(failed)} failed`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title description">`,
    `  <title id="title">A rollout from ${BLUE} to ${GREEN}</title>`,
    `  <desc id="description">${descriptionOf(reports)} ${summary}.</desc>`,
    `  <style>${STYLE}\n  </style>`,
    `  <rect class="card" x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="6"/>`,
    ...header(reports, summary),
    ...TICKS.flatMap(tick),
    ...reports.flatMap((report, index) => column(report, index, reports.length)),
    "</svg>",
    "",
  ].join("\n");
}

function descriptionOf(reports: readonly DemoStepReport[]): string {
  const weights = ({ trafficAfter }: DemoStepReport): string =>
    Object.entries(trafficAfter)
      .map(([name, weight]) => `${name} ${weight}`)
      .join(", ");
  return reports.map((report) => `${report.step}. ${report.name}: ${weights(report) || "nothing"}.`).join(" ");
}

function header(reports: readonly DemoStepReport[], summary: string): readonly string[] {
  const measured = Math.max(...reports.map(({ split }) => answersOf(split)));
  return [
    text(16, 26, "title", "Microsoft's article, step by step: live weights in %"),
    text(WIDTH - 16, 26, "quiet", summary, "end"),
    `  <rect class="blue" x="16" y="38" width="12" height="12" rx="2"/>`,
    text(34, 48, "", BLUE),
    `  <rect class="green" x="92" y="38" width="12" height="12" rx="2"/>`,
    text(110, 48, "", GREEN),
    `  <circle class="measured point" cx="238" cy="44" r="3"/>`,
    text(250, 48, "", `its share of ${count(measured)} requests after the step, with the 99.9 % interval`),
  ];
}

function tick(percent: number): readonly string[] {
  const y = heightOf(percent);
  return [
    `  <line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y}" y2="${y}"/>`,
    text(PLOT.left - 8, y + 4, "quiet", String(percent), "end"),
  ];
}

function column(report: DemoStepReport, index: number, columns: number): readonly string[] {
  const width = (PLOT.right - PLOT.left) / columns;
  const left = PLOT.left + index * width;
  const middle = left + width / 2;
  const { [BLUE]: blue = 0, [GREEN]: green = 0 } = report.trafficAfter;
  return [
    ...area("green", left, width, 0, green),
    ...area("blue", left, width, green, green + blue),
    ...measuredPoint(report, middle),
    ...labels(report, middle),
  ];
}

function area(style: string, left: number, width: number, from: number, to: number): readonly string[] {
  if (to <= from) return [];
  const [x, y] = [left + GAP / 2, heightOf(to)];
  const [across, down] = [width - GAP, heightOf(from) - y];
  return [`  <rect class="${style}" x="${short(x)}" y="${y}" width="${short(across)}" height="${short(down)}"/>`];
}

/** Where the candidate is deployed; before that there is nothing to measure. */
function measuredPoint({ split, trafficAfter }: DemoStepReport, x: number): readonly string[] {
  const total = answersOf(split);
  if (trafficAfter[GREEN] === undefined || total === 0) return [];
  const answered = split[GREEN] ?? 0;
  const share = (100 * answered) / total;
  const [low, high] = ends(answered, total);
  const y = heightOf(share);
  const label = share > 90 ? y + 20 : high - 8;
  return [
    `  <path class="measured" d="M${short(x)} ${low}V${high}M${short(x - 6)} ${low}h12M${short(x - 6)} ${high}h12"/>`,
    `  <circle class="measured point" cx="${short(x)}" cy="${short(y)}" r="3"/>`,
    text(x, label, "number", `${share.toFixed(1)} %`, "middle"),
  ];
}

function ends(answered: number, total: number): readonly [number, number] {
  const [low, high] = wilsonInterval(answered, total);
  return [short(heightOf(100 * low)), short(heightOf(100 * high))];
}

function answersOf(split: DemoStepReport["split"]): number {
  return Object.values(split).reduce((sum, answered) => sum + answered, 0);
}

function labels({ step, name, requests, failed }: DemoStepReport, x: number): readonly string[] {
  const lines = wrapped(name);
  return [
    text(x, PLOT.bottom + 20, "number", String(step), "middle"),
    ...lines.map((line, index) => text(x, PLOT.bottom + 20 + LINE_HEIGHT * (index + 1), "", line, "middle")),
    text(x, HEIGHT - 28, "quiet", `${count(requests)} requests`, "middle"),
    text(x, HEIGHT - 28 + LINE_HEIGHT, "quiet", `${count(failed)} failed`, "middle"),
  ];
}

function wrapped(name: string): readonly string[] {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= LETTERS) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function text(x: number, y: number, style: string, words: string, anchor?: string): string {
  const attributes = [
    ...(style === "" ? [] : [` class="${style}"`]),
    ...(anchor === undefined ? [] : [` text-anchor="${anchor}"`]),
  ];
  return `  <text x="${short(x)}" y="${short(y)}"${attributes.join("")}>${escaped(words)}</text>`;
}

function heightOf(percent: number): number {
  return PLOT.bottom - ((PLOT.bottom - PLOT.top) * percent) / 100;
}

/** A coordinate with one decimal, without a trailing zero. */
function short(value: number): number {
  return Math.round(value * 10) / 10;
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function escaped(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
