import { alignedTable } from "../prove/common/alignedTable";
import { SEMANTICS } from "../conformance/semantics/all";
import type { Observation } from "./observation";

/** An answer that is not the local Azure's. */
export interface FoundDifference {
  /** Of a semantic of `docs/parity.md`; `walk-…` where the package itself behaved otherwise. */
  readonly id: string;
  readonly claim: string;
  readonly seen: string;
  readonly found: "walk" | "semantics";
}

export interface StepReport {
  readonly id: string;
  readonly name: string;
  readonly commands: readonly string[];
  readonly seconds: number;
  readonly result: "as expected" | "differs" | "failed";
}

/** What is known before anything is done. */
export interface Circumstances {
  /** Of the package. */
  readonly version: string;
  readonly target: "azure" | "local";
  readonly location: string;
  readonly instanceType: string;
  readonly pulumi: string;
  readonly plugins: string;
  readonly node: string;
}

export interface Report extends Circumstances {
  readonly started: string;
  readonly minutes: number;
  readonly outcome: "under way" | "no differences" | "differences" | "failed" | "interrupted";
  /** Why it failed. */
  readonly error?: string;
  readonly steps: readonly StepReport[];
  /** Scoring requests, and those that no model answered. */
  readonly requests: { readonly sent: number; readonly lost: number };
  /** Semantics of docs/parity.md that were asked, and how many were answered as they say. */
  readonly semantics: { readonly asked: number; readonly asClaimed: number };
  readonly differences: readonly FoundDifference[];
  readonly cleanUp: {
    readonly group: "under way" | "deleted" | "left behind";
    readonly error?: string;
    /** Types of what `pulumi destroy` has left in the group. */
    readonly leftByDestroy: readonly string[];
  };
}

export function emptyReport(circumstances: Circumstances, started: Date): Report {
  return {
    ...circumstances,
    started: started.toISOString(),
    minutes: 0,
    outcome: "under way",
    steps: [],
    requests: { sent: 0, lost: 0 },
    semantics: { asked: 0, asClaimed: 0 },
    differences: [],
    cleanUp: { group: "under way", leftByDestroy: [] },
  };
}

/** Those of the observations that are not as expected. */
export function differencesIn(observations: readonly Observation[]): readonly FoundDifference[] {
  return observations.flatMap(({ id, expected, seen }) => {
    if (seen === undefined) return [];
    const claim = SEMANTICS.find((semantic) => semantic.id === id)?.claim;
    const difference: FoundDifference = { id, claim: claim ?? expected, seen: seen, found: "walk" };
    return [difference];
  });
}

/** The report as a page. */
export function renderReport(report: Report): string {
  const { differences, steps, requests, semantics, cleanUp } = report;
  return [
    "# Acceptance report",
    "",
    `Outcome: **${report.outcome}**${report.error === undefined ? "" : `, ${report.error}`}`,
    "",
    alignedTable([
      ["what", "value"],
      ["target", report.target === "azure" ? "Azure" : "the local Azure, standing in"],
      ["azure-mlflow-rollout", report.version],
      ["Pulumi, plugins", `${report.pulumi}, ${report.plugins}`],
      ["Node", report.node],
      ["region, machines", `${report.location}, ${report.instanceType}`],
      ["started", report.started],
      ["minutes", String(report.minutes)],
      ["scoring requests", `${requests.sent}, ${requests.lost} lost`],
      ["semantics", `${semantics.asked} asked, ${semantics.asClaimed} answered as docs/parity.md says`],
      ["resource group", [cleanUp.group, cleanUp.error].filter(Boolean).join(": ")],
      ["left by pulumi destroy", cleanUp.leftByDestroy.join(", ")],
    ]),
    "## Steps",
    "",
    alignedTable([
      ["step", "result", "seconds"],
      ...steps.map(({ id, name, result, seconds }) => [`\`${id}\`: ${name}`, result, String(seconds)]),
    ]),
    `## Differences: ${differences.length}`,
    "",
    ...differences.flatMap(differenceSection),
  ].join("\n");
}

function differenceSection({ id, claim, seen, found }: FoundDifference): readonly string[] {
  return [`### ${id}`, "", claim, "", `Seen by the ${found}:`, "", "```text", seen.replaceAll("```", "'''"), "```", ""];
}
