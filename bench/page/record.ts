import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DOCS } from "../../driver/paths";
import type { BenchPart, PartFigures } from "../common/part";
import { isPlotted } from "../common/series";
import { ratioSvg } from "./ratioSvg";
import { plotName, plotTitle, withFigures } from "./performancePage";
import { seriesSvg } from "./seriesSvg";

/** A line for each part. */
const RECORD = join(DOCS, "performance.jsonl");
const PAGE = join(DOCS, "performance.md");
const PLOT = join(DOCS, "performance.svg");

/** Keeps the figures of parts beside those of other runs, and writes the page and its plot anew. */
export function record(measured: readonly PartFigures[], parts: readonly BenchPart[]): void {
  const lines = existsSync(RECORD) ? readFileSync(RECORD, "utf8").trim().split("\n") : [];
  const kept = lines.map((line) => JSON.parse(line) as PartFigures);
  const all = parts.flatMap(({ name }) => [...measured, ...kept].find((part) => part.name === name) ?? []);
  writeFileSync(RECORD, all.map((part) => `${JSON.stringify(part)}\n`).join(""));
  writeFileSync(PAGE, withFigures(readFileSync(PAGE, "utf8"), all, parts));
  writeFileSync(PLOT, ratioSvg(all.flatMap(({ figures }) => figures)));
  for (const { name, series = [] } of all) {
    const { measures = name } = parts.find((part) => part.name === name) ?? {};
    const plotted = series.filter(isPlotted);
    if (plotted.length > 0) writeFileSync(join(DOCS, plotName(name)), seriesSvg(plotTitle(measures), plotted));
  }
}
