import { alignedTable } from "../common/alignedTable";
import { AS_DOCUMENTED } from "./cases/ordinaryCase";
import type { OrdinaryRow } from "./cases/ordinaryCase";

const INTRODUCTION = `# Ordinary use

Generated from recorded runs by \`node --import tsx prove/ordinary/docs.ts\`; do not edit.

What people do around the component: edit the program, mistype a command, change something in the portal, lose part of the
state. Each case runs on the real Pulumi engine, with requests under way, against an endpoint on the local Azure that serves
\`default 90, xgboost-model-2 10\`; then comes what the table says about how to go on. **as documented** means: the case ended
that way, with the output below and those live weights; what is refused wrote nothing, neither in the preview nor in an update
without one; no request was lost and no write removed the weights; and going on led to the declared weights, with nothing left
to do for the next preview.

_Writes_ counts the commands' writes to Azure; a template deployment is one. Where somebody deletes the endpoint on purpose,
callers have moved away before.
`;

/**
 * The page, from the rows of a run in the order of the cases.
 *
 * @param cases - how many there are, recorded or not
 */
export function ordinaryTable(rows: readonly OrdinaryRow[], cases: number): string {
  const summary = alignedTable([
    ["cases", AS_DOCUMENTED, "outages", "stuck", "scoring requests", "lost"],
    [
      rows.length,
      rows.filter(({ result }) => result === AS_DOCUMENTED).length,
      rows.filter(({ outages }) => outages.length > 0).length,
      rows.filter(({ stuck }) => stuck).length,
      sum(rows, ({ requests }) => requests),
      sum(rows, ({ lost }) => lost),
    ].map(String),
  ]);
  const numbered = rows.map((row, index) => ({ ...row, number: index + 1 }));
  const sections = [...new Set(rows.map(({ section }) => section))].map((section) => {
    const table = alignedTable([
      ["#", "what a person does", "what comes of it", "writes", "live weights after", "how to go on", "result"],
      ...numbered.filter((row) => row.section === section).map(cells),
    ]);
    return `## ${capital(section)}\n\n${table}`;
  });
  const missing =
    rows.length === cases
      ? []
      : [`${rows.length} of ${cases} cases are recorded here; \`npm run prove ordinary\` plays all.\n`];
  return [INTRODUCTION, ...missing, summary, ...sections, "## What a terminal shows\n", ...numbered.map(message)].join(
    "\n",
  );
}

type Numbered = OrdinaryRow & { readonly number: number };

function cells({ number, name, exit, ends, writes, live, todo, result }: Numbered): string[] {
  return [`[${number}](#${number})`, name, exit === 0 ? "done" : ends, String(writes), live, todo, result].map((cell) =>
    cell.replaceAll(/\s+/g, " ").replaceAll("|", "\\|"),
  );
}

function message({ number, name, typed, says }: Numbered): string {
  const commands = typed.map((line) => `$ ${line.replaceAll(/urn:(\S+)/g, "<URN of $1>")}`).join("\n");
  const shown = says === "" ? "" : `\n${says}`;
  return `### ${number}\n\nSomebody ${name}.\n\n\`\`\`text\n${commands}${shown}\n\`\`\`\n`;
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`;
}

function sum(rows: readonly OrdinaryRow[], value: (row: OrdinaryRow) => number): number {
  return rows.reduce((total, row) => total + value(row), 0);
}
