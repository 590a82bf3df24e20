import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AS_DOCUMENTED } from "../../prove/faults/faultCase";
import type { FaultRow } from "../../prove/faults/faultCase";
import { FAULTS } from "../../prove/faults/cases";
import { recordedFaultRows } from "../../prove/faults/recorded";
import { diagnosticsIn } from "../../prove/faults/diagnostics";
import { faultTable } from "../../prove/faults/table";
import { DOCS } from "../../driver/paths";

const PAGE = join(DOCS, "fault-table.md");
const ROW: FaultRow = {
  name: "quota | refused",
  during: "new deployment",
  exit: 255,
  says: "OnlineDeployment heart\n  error: no quota",
  before: "default 90, green 10",
  live: "default 90, green 10",
  todo: "`pulumi up`",
  result: AS_DOCUMENTED,
  requests: 120,
  lost: 0,
  seconds: 9.5,
};

test("the page in docs is made from the recorded rows, one for each fault, all as documented", () => {
  const rows = recordedFaultRows();
  expect(readFileSync(PAGE, "utf8")).toBe(faultTable(rows));
  expect(rows.map(({ during, name }) => [during, name])).toEqual(FAULTS.map(({ during, name }) => [during, name]));
  expect(rows.filter(({ result, lost }) => result !== AS_DOCUMENTED || lost > 0)).toEqual([]);
});

test("a fault that failed says so to its user: cause, remedy and live traffic", () => {
  const failed = recordedFaultRows().filter(({ exit }) => exit !== 0);
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.filter(({ says }) => !/error: /.test(says) || !/to do: |"pulumi up|acceptLive/.test(says))).toEqual([]);
});

test("a row has a link to what a terminal shows of it", () => {
  const lines = faultTable([ROW])
    .split("\n")
    .map((line) => line.replaceAll(/ +/g, " "));
  expect(lines).toContain("| 1 | 1 | 120 | 0 |");
  expect(lines).toContain(
    "| [1](#1) | new deployment | quota \\| refused | 255 | default 90, green 10 | default 90, green 10 | `pulumi up` | as documented |",
  );
  expect(lines.slice(lines.indexOf("### 1"))).toEqual([
    "### 1",
    "",
    "New deployment: quota | refused.",
    "",
    "```text",
    "OnlineDeployment heart",
    " error: no quota",
    "```",
    "",
  ]);
});

test("what a terminal shows is kept without the usual report and what is random, the component first", () => {
  const text = `Updating (dev):
Diagnostics:
  azure-native:resources:Deployment (heart-traffic):
    error: in mlw-ab12c at 2026-11-25T02:40:09.827Z
  pulumi:pulumi:Stack (heart-classifier-dev):
    error: update failed

  azure-mlflow-rollout:index:ProgressiveMlflowEndpoint (heart):
    traffic  default 90 -> 80, green 10 -> 20 (10 points move)
    next: raise green
      $ pulumi up
    error: the traffic step failed
    to do: run "pulumi up" again

Outputs:
    error: none of it
`;
  expect(diagnosticsIn(text)).toBe(
    [
      "ProgressiveMlflowEndpoint heart",
      "  error: the traffic step failed",
      '  to do: run "pulumi up" again',
      "Deployment heart-traffic",
      "  error: in <mlw> at <time>",
    ].join("\n"),
  );
});
