import type { TrialResult } from "./trial";
import type { TriedDeployment } from "./answers";
import { aligned } from "../terminal/aligned";
import { printable } from "../terminal/columns";

/** Longer answers and errors are cut; `--json` has all of them. */
const LONGEST_ANSWER = 60;
const LONGEST_ERROR = 200;

/** What a person sees of a trial. */
export function trialText({ tried, stable, isEqual, sample }: Omit<TrialResult, "exitCode">): string {
  const columns = stable === undefined ? [tried] : [stable, tried];
  const rows: readonly (readonly [string, (column: TriedDeployment) => string | undefined])[] = [
    ["", ({ deployment, role }) => (role === "other" ? deployment : `${deployment} (${role})`)],
    ["state", ({ state }) => (columns.every((one) => one.state === "Succeeded") ? undefined : state)],
    ["answer", (column) => ("answer" in column ? short(jsonText(column.answer), LONGEST_ANSWER) : "none")],
    ["latency p50", ({ latencyP50 }) => (latencyP50 === undefined ? "none" : milliseconds(latencyP50))],
    [
      "failed",
      ({ failed, requests }) => (columns.every((one) => one.failed === 0) ? undefined : `${failed} of ${requests}`),
    ],
  ];
  const cells = rows
    .map(([title, cell]) => [title, ...columns.map((column) => cell(column))])
    .filter((line): line is string[] => line.every((text) => text !== undefined));
  const errors = columns.flatMap(({ deployment, error }) =>
    error === undefined ? [] : [`${deployment}: ${short(error, LONGEST_ERROR)}`],
  );
  const { requests } = tried;
  return [
    ...aligned(cells),
    ...errors,
    ...(isEqual === undefined ? [] : [isEqual ? "answers are equal" : "answers differ"]),
    `${requests === 1 ? "1 request" : `${requests} requests`}${stable === undefined ? "" : " each"}, from ${sample}`,
  ].join("\n");
}

/** JSON on one line, with a space after each comma and colon. */
export function jsonText(value: unknown): string {
  if (typeof value === "string") return value;
  return (JSON.stringify(value, undefined, 1) ?? "nothing").replaceAll(/,\n\s*/g, ", ").replaceAll(/\n\s*/g, "");
}

/** On one line, and without what would move the cursor of a terminal. */
function short(text: string, longest: number): string {
  const shown = printable(text).replaceAll(/\s+/g, " ").trim();
  if (shown === "") return "nothing";
  return shown.length > longest ? `${shown.slice(0, longest - 3)}...` : shown;
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
