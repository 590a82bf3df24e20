import { PLAIN } from "../terminal/style";
import type { Style } from "../terminal/style";
import type { RolloutView } from "./rolloutView";
import { deploymentLines, headLines, metricsLines, nextLines } from "./sections";

export interface StatusDrawing {
  /** @default 80 */
  readonly width?: number;
  /** @default - no colours */
  readonly style?: Style;
}

/** A rollout on one screen. */
export function statusText(view: RolloutView, { width = 80, style = PLAIN }: StatusDrawing = {}): string {
  const drawing = { width, style, now: new Date(view.at) };
  const sections = [headLines, deploymentLines, metricsLines, nextLines].map((lines) => lines(view, drawing));
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}
