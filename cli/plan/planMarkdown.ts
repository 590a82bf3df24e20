import { redact } from "../../components/values/redact";
import { changesText, removalLines, stageText } from "./planText";
import type { ComponentSays, PlanReport } from "./report";

/** Less than the 65,536 characters that a comment on GitHub may have. */
const MOST_CHARACTERS = 60_000;

/**
 * The plan as a comment on a pull request, for GitHub and Azure DevOps. The first line is one that nobody sees, and by
 * which a bot finds the comment that it wrote for this stack before. Times are UTC.
 */
export function planMarkdown(report: PlanReport): string {
  const { stack, verdict, says, refusals, failures, warnings, position, paused, stages } = report;
  const parts = [
    `<!-- mlflow-rollout plan ${stack.replaceAll(/[^\w./-]/g, "_").replaceAll("--", "-_")} -->`,
    `### Rollout of ${escaped(stack)}: ${HEADINGS[verdict]}`,
    ...says.map((each) => saysPart(each, says.length > 1)),
    ...(refusals.length === 0
      ? []
      : [
          "A rule refuses this step. Nothing would be written:",
          refusals.map(({ path, reason }) => `- **${escaped(path)}**: ${escaped(reason)}`).join("\n"),
        ]),
    ...(failures.length === 0 ? [] : ["The preview fails:", fenced(failures.join("\n"))]),
    ...(verdict === "ok" ? [`Resources: ${changesText(report.changes)}.`] : []),
    ...listed([...removalLines(report), ...warnings]),
    ...(stages.length === 0
      ? []
      : [
          `After this: ${escaped(position ?? "")}${paused === undefined ? "" : `, paused (${escaped(paused)})`}.`,
          [
            "| next | at the earliest |",
            "| --- | --- |",
            ...stages.map((stage) => `| ${escaped(stageText(stage))} | ${utc(stage.earliest)} |`),
          ].join("\n"),
        ]),
  ];
  return `${cut(parts.map(redact))}\n`;
}

const HEADINGS = { ok: "what this change does", refused: "refused", failed: "the preview fails" } as const;

function saysPart({ component, lines }: ComponentSays, isNamed: boolean): string {
  return [...(isNamed ? [`**${escaped(component)}**\n`] : []), fenced(lines.join("\n"))].join("\n");
}

function listed(warnings: readonly string[]): readonly string[] {
  return warnings.length === 0 ? [] : [warnings.map((warning) => `- Warning: ${escaped(warning)}`).join("\n")];
}

/** Text as it is, in a fence that nothing in it can end. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** Text in one line in which nothing is markup, mentions somebody or links to an issue. */
function escaped(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\\`*_{}[\]()>|~!$]/g, (mark) => `\\${mark}`)
    .replaceAll(/([@#])(?=[\w-])/g, "$1<!-- -->")
    .replaceAll("://", ":<!-- -->//");
}

function utc(time: string): string {
  return `${time.slice(0, 16).replace("T", " ")} UTC`;
}

/** As many parts as a comment may have; a part is whole or left out. */
function cut(parts: readonly string[]): string {
  let text = "";
  for (const part of parts) {
    if (text.length + part.length > MOST_CHARACTERS) return `${text}\n\n(The rest is too long for a comment.)`;
    text = text === "" ? part : `${text}\n\n${part}`;
  }
  return text;
}
