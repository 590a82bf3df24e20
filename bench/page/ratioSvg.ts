import { cardSvg, escaped } from "./cardSvg";
import type { Figure } from "../common/figure";

const WIDTH = 880;
const ROW = 34;
const TOP = 56;
const PLOT = { left: 400, right: 800 };
/** The plot ends at this many times the reach. */
const MOST = 2;

const STYLE = `
    text { font: 12px -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
    .card { fill: #ffffff; stroke: #d1d9e0; }
    .title { font-size: 15px; font-weight: 600; }
    .quiet { fill: #59636e; font-size: 11px; }
    .reached { fill: #2fb170; }
    .missed { fill: #d1242f; }
    .reach { stroke: #1f2328; stroke-dasharray: 3 3; }
    @media (prefers-color-scheme: dark) {
      text { fill: #f0f6fc; }
      .card { fill: #0d1117; stroke: #3d444d; }
      .quiet { fill: #9198a1; }
      .reached { fill: #238a57; }
      .missed { fill: #f85149; }
      .reach { stroke: #f0f6fc; }
    }`;

/** How far each figure is from its reach: a bar that ends before the dashed line has reached it. */
export function ratioSvg(figures: readonly Figure[]): string {
  const shown = figures.flatMap((figure) => {
    const use = useOf(figure);
    return use === undefined ? [] : [{ figure, use }];
  });
  const height = TOP + shown.length * ROW + 12;
  const reached = shown.filter(({ figure }) => figure.ok).length;
  const summary = `${reached} of ${shown.length} figures reach what is wanted`;
  const line = PLOT.left + (PLOT.right - PLOT.left) / MOST;
  return cardSvg({
    title: "Figures beside what they have to reach",
    description: `${summary}. ${shown.map(describe).join(" ")}`,
    style: STYLE,
    width: WIDTH,
    height,
    body: [
      `  <text class="title" x="16" y="26">${summary}</text>`,
      `  <text class="quiet" x="${line}" y="${TOP - 8}" text-anchor="middle">what is wanted</text>`,
      `  <line class="reach" x1="${line}" x2="${line}" y1="${TOP - 2}" y2="${height - 12}"/>`,
      ...shown.flatMap(({ figure, use }, index) => bar(figure, use, TOP + index * ROW)),
    ],
  });
}

/** Share of what is allowed that a figure uses: 1 is just the reach. */
function useOf({ ratio, reach }: Figure): number | undefined {
  const [, sign, text = ""] = /^(<=|>=) ([\d.]+)/.exec(reach) ?? [];
  const limit = Number(text);
  // A part of the figures has its limit in what it stands beside.
  if (sign === undefined || limit === 0) return undefined;
  if (reach !== `${sign} ${text}`) return ratio;
  return sign === "<=" ? ratio / limit : limit / ratio;
}

function bar(figure: Figure, use: number, y: number): readonly string[] {
  const width = ((PLOT.right - PLOT.left) * Math.min(Math.max(use, 0), MOST)) / MOST;
  const end = use > MOST ? ` …` : "";
  return [
    `  <text x="16" y="${y + 13}">${escaped(figure.figure)}</text>`,
    `  <text class="quiet" x="16" y="${y + 27}">${escaped(`beside ${figure.rival}`)}</text>`,
    `  <rect class="${figure.ok ? "reached" : "missed"}" x="${PLOT.left}" y="${y + 4}" width="${width.toFixed(1)}" height="18" rx="2"/>`,
    `  <text x="${PLOT.right + 8}" y="${y + 17}">${figure.ratio}${end}</text>`,
  ];
}

function describe({ figure }: { readonly figure: Figure }): string {
  const { figure: name, ours, unit, rival, ratio, reach, ok } = figure;
  return `${name}: ${ours} ${unit}, ${ratio} of ${rival}, wanted ${reach}, ${ok ? "reached" : "missed"}.`;
}
