import type { CloudEvent } from "./cloudEvent";

/** Where the summary of a pipeline's job goes. */
export type SummaryTarget =
  /** GitHub Actions shows the file that it names. */
  | { readonly kind: "github"; readonly file: string }
  /** Azure Pipelines shows a file that a line of the output names. */
  | { readonly kind: "azure"; readonly folder: string };

/** @returns undefined outside of a pipeline that shows summaries */
export function summaryTarget(env: NodeJS.ProcessEnv, temporary: string): SummaryTarget | undefined {
  const file = env["GITHUB_STEP_SUMMARY"] ?? "";
  if (file !== "") return { kind: "github", file };
  if (env["TF_BUILD"] === undefined) return undefined;
  return { kind: "azure", folder: env["AGENT_TEMPDIRECTORY"] ?? temporary };
}

/** Before the first row: the table of all that happens in a run. */
export const SUMMARY_HEAD = [
  "",
  "### mlflow-rollout",
  "",
  "| time (UTC) | component | what | candidate | weight | |",
  "| --- | --- | --- | --- | --- | --- |",
  "",
].join("\n");

/** One event as a row of that table, with its line break. */
export function summaryRow({ time, type, data }: CloudEvent): string {
  const { component, candidate = "", weight, mirrored, message } = data;
  const share = mirrored > 0 ? `${weight} %, mirrored ${mirrored} %` : `${weight} %`;
  const at = time.slice(0, 19).replace("T", " ");
  const cells = [at, component, type.split(".").at(-1) ?? type, candidate, candidate === "" ? "" : share, message];
  return `| ${cells.map(escaped).join(" | ")} |\n`;
}

/** Text in which nothing is markup and that stays in its cell. */
function escaped(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\|<>*_`[\]]/g, (mark) => `\\${mark}`);
}
