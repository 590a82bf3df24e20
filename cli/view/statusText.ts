import { PLAIN } from "../terminal/style";
import type { Style } from "../terminal/style";
import type { RolloutView } from "./rolloutView";
import { deploymentLines, messageLines, metricsLines, nextLines, titleLines } from "./sections";

export interface StatusDrawing {
  /** @default 80 */
  readonly width?: number;
  /** @default - no colours */
  readonly style?: Style;
}

const SECTIONS = [titleLines, messageLines, deploymentLines, metricsLines, nextLines];

/** A rollout on one screen. */
export function statusText(view: RolloutView, { width = 80, style = PLAIN }: StatusDrawing = {}): string {
  const drawing = { width, style, now: new Date(view.at) };
  const sections = SECTIONS.map((lines) => lines(view, drawing));
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}
