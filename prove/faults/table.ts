import { alignedTable } from "../common/alignedTable";
import { AS_DOCUMENTED } from "./faultCase";
import type { FaultRow } from "./faultCase";

const INTRODUCTION = `# Fault table

Generated from recorded runs by \`node --import tsx prove/faults/docs.ts\`; do not edit.

The local Azure produces each fault while the real Pulumi engine changes an endpoint that serves: a weight step, or a new
deployment with weight 0. Requests run all the time; where the endpoint itself is deleted, callers have moved away before.
\`exit\` is the exit code of \`pulumi up\`. **as documented** means: the exit code is that, the live weights are the old or the new
ones and never others (apart from those that another client wrote), no request was lost, and the last column led to the
declared weights with every deployment ready.

The provider itself retries what may pass: 429, 500, 502, 503 and broken connections. It gives up at once on two refusals, which
the component retries for as long as it checks a write (\`policy.verifyTimeoutSeconds\`, 6 s here): \`DeploymentActive\`, and a
deployment that is refused because another operation holds the endpoint.
`;

/** The fault table as a page, from the rows of a run in the order of the cases. */
export function faultTable(rows: readonly FaultRow[]): string {
  const sum = (value: (row: FaultRow) => number): number => rows.reduce((total, row) => total + value(row), 0);
  const summary = alignedTable([
    ["faults", AS_DOCUMENTED, "scoring requests", "lost"],
    [
      rows.length,
      rows.filter(({ result }) => result === AS_DOCUMENTED).length,
      sum(({ requests }) => requests),
      sum(({ lost }) => lost),
    ].map(String),
  ]);
  const header = ["#", "during", "fault", "exit", "live weights before", "and after", "to do", "result"];
  const table = alignedTable([header, ...rows.map(cells)]);
  return [INTRODUCTION, summary, table, "## What a terminal shows\n", ...rows.map(message)].join("\n");
}

function cells({ during, name, exit, before, live, todo, result }: FaultRow, index: number): string[] {
  return [`[${index + 1}](#${index + 1})`, during, name, String(exit), before, live, todo, result].map((cell) =>
    cell.replaceAll(/\s+/g, " ").replaceAll("|", "\\|"),
  );
}

function message({ during, name, says }: FaultRow, index: number): string {
  const shown = says === "" ? "Nothing but the usual report.\n" : `\`\`\`text\n${says}\n\`\`\`\n`;
  return `### ${index + 1}\n\n${during[0]?.toUpperCase() ?? ""}${during.slice(1)}: ${name}.\n\n${shown}`;
}
