import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DOCS } from "../../driver/paths";
import type { BenchPart, PartFigures } from "../common/part";
import { ratioSvg } from "./ratioSvg";
import { withFigures } from "./performancePage";

const RECORD = join(DOCS, "performance.json");
const PAGE = join(DOCS, "performance.md");
const PLOT = join(DOCS, "performance.svg");

/** Keeps the figures of parts beside those of other runs, and writes the page and its plot anew. */
export function record(measured: readonly PartFigures[], parts: readonly BenchPart[]): void {
  const kept = existsSync(RECORD) ? (JSON.parse(readFileSync(RECORD, "utf8")) as readonly PartFigures[]) : [];
  const all = parts.flatMap(({ name }) => [...measured, ...kept].find((part) => part.name === name) ?? []);
  writeFileSync(RECORD, `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(PAGE, withFigures(readFileSync(PAGE, "utf8"), all, parts));
  writeFileSync(PLOT, ratioSvg(all.flatMap(({ figures }) => figures)));
}
