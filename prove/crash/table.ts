import { alignedTable } from "../common/alignedTable";
import type { CrashRow } from "./testCrash";
import type { Moment } from "./point";
import { CRASH_STAGES } from "./stages";

const MOMENTS: Readonly<Record<Moment, string>> = {
  before: "before Azure got it",
  after: "after Azure did it, before the reply",
  working: "while Azure worked on it",
};
const ORDER = Object.keys(MOMENTS);
/** Most pending operations that a cell names. */
const NAMED = 2;

/** The crash table as a page, from the rows of a run. */
export function crashTable(rows: readonly CrashRow[]): string {
  const sections = CRASH_STAGES.map(({ name, command }) => section(name, command, rows));
  return [INTRODUCTION, summary(rows), ...sections.filter((text) => text !== "")].join("\n");
}

const INTRODUCTION = `# Crash table

Generated from recorded runs by \`node --import tsx prove/crash/docs.ts\`; do not edit.

A whole rollout of the example (create, deploy, 10 %, 50 %, 100 %, retire, destroy) runs with the real Pulumi engine on the local
Azure. At each call to Azure Resource Manager the engine, its plugins and its language host are killed with SIGKILL. Then the
user types one command: \`mlflow-rollout recover\` (run with \`--yes --skip-preview\`), which [recovery.md](recovery.md) explains.

Polls of an operation have no rows of their own: a kill at a poll is the row "while Azure worked on it". Azure then waits until
the command has seen what it is working on.

**converged** means: Azure and the stack's state are as the uninterrupted run left them, apart from random names and times; only the
old or the new weights were ever written; and no scoring request was lost. Requests run from the moment that a deployment
serves; before a destroy, callers have moved away.
`;

function summary(rows: readonly CrashRow[]): string {
  const sum = (value: (row: CrashRow) => number): number => rows.reduce((total, row) => total + value(row), 0);
  const converged = rows.filter(({ result }) => result === "converged").length;
  const numbers = [rows.length, converged, sum(({ added }) => added), sum(({ requests }) => requests)];
  return alignedTable([
    ["crashes", "converged", "creates that only Azure knew of", "scoring requests", "lost"],
    [...numbers, sum(({ lost }) => lost)].map(String),
  ]);
}

function section(stage: string, command: string, rows: readonly CrashRow[]): string {
  const own = rows.filter((row) => row.stage === stage);
  if (own.length === 0) return "";
  const sorted = numbered(own).toSorted(
    (a, b) => a.index - b.index || ORDER.indexOf(a.moment) - ORDER.indexOf(b.moment),
  );
  const header = ["#", "call", "killed", "state after the crash", "the user types", "result"];
  return `## ${stage}: \`pulumi ${command}\`\n\n${alignedTable([header, ...sorted.map(cells)])}`;
}

/** Calls that run in parallel can have another position in each run: one of them counts. */
function numbered(rows: readonly CrashRow[]): readonly CrashRow[] {
  const positions = (call: string): readonly number[] =>
    rows.filter((row) => row.call === call).map(({ index }) => index);
  return rows.map((row) => ({ ...row, index: Math.min(...positions(row.call)) }));
}

function cells({ index, call, moment, left, typed, result }: CrashRow): string[] {
  return [String(index), `\`${call}\``, MOMENTS[moment], shortened(left), `\`${typed}\``, oneLine(result)];
}

function shortened(left: string): string {
  const pending = left.split(", ");
  if (pending.length <= NAMED) return left;
  return `${pending.slice(0, NAMED).join(", ")} and ${pending.length - NAMED} more`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").slice(0, 300);
}
