import { aligned } from "../terminal/aligned";
import { printable } from "../terminal/columns";
import { fromNow, localTime } from "../terminal/times";
import type { PlanReport } from "./report";
import type { RemainingStage } from "./stages";

/** The plan for a person at a terminal; times are local. */
export function planText(report: PlanReport, now: Date): string {
  const { says, refusals, failures, warnings, position, paused, stages } = report;
  const isOne = says.length === 1;
  const sections = [
    [`stack ${report.stack}`],
    ...says.map(({ component, lines }) => [...(isOne ? [] : [`${component}:`]), ...lines].map((line) => `  ${line}`)),
    refusals.length === 0
      ? []
      : ["refused, nothing would be written:", ...refusals.map(({ path, reason }) => `  - ${path}: ${reason}`)],
    failures.length === 0 ? [] : ["the preview fails:", ...failures.flatMap((text) => text.split("\n")).map(indented)],
    report.verdict === "ok" ? [`  resources  ${changesText(report.changes)}`] : [],
    removalLines(report).map((line) => `  warning    ${line}`),
    warnings.map((warning) => `  warning    ${warning}`),
    stages.length === 0
      ? []
      : [
          `after this: ${position ?? ""}${paused === undefined ? "" : `, paused (${paused})`}; then, at the earliest`,
          ...aligned(stages.map((stage) => stageRow(stage, now))).map(indented),
        ],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(shown).join("\n"))
    .join("\n\n");
}

/** A line with its indentation, and without what would move the cursor. */
function shown(line: string): string {
  const [indentation = ""] = /^ */.exec(line) ?? [];
  return `${indentation}${printable(line)}`;
}

function indented(line: string): string {
  return `  ${line}`;
}

function stageRow(stage: RemainingStage, now: Date): readonly string[] {
  const earliest = new Date(stage.earliest);
  const isNow = earliest.getTime() <= now.getTime();
  return [stageText(stage), isNow ? "now" : `from ${localTime(earliest)} (${fromNow(earliest, now)})`];
}

/** `mirror 10 % to model-2`, `25 % to model-2`, `remove model-1`. */
export function stageText({ kind, deployment, percent }: RemainingStage): string {
  if (kind === "remove") return `remove ${deployment}`;
  return `${kind === "mirror" ? "mirror " : ""}${percent} % to ${deployment}`;
}

const WORDS: Readonly<Record<string, string>> = {
  create: "to create",
  update: "to update",
  delete: "to delete",
  replace: "to replace",
  import: "to import",
};

/** `1 to create, 2 to update`; `nothing changes`. */
export function changesText(changes: PlanReport["changes"]): string {
  const parts = Object.entries(changes).map(([op, count]) => `${count} ${WORDS[op] ?? op}`);
  return parts.length === 0 ? "nothing changes" : parts.join(", ");
}

/** A line for each resource that goes. */
export function removalLines({ removals }: Pick<PlanReport, "removals">): readonly string[] {
  return removals.map(({ op, type, name }) => `${op === "replace" ? "replaces" : "deletes"} ${type} ${name}`);
}
