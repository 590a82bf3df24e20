import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { crashKey } from "../../prove/crash/testCrash";
import type { CrashRow } from "../../prove/crash/testCrash";
import { Rows } from "../../prove/common/rows";
import { crashTable } from "../../prove/crash/table";
import { temporaryFolder } from "../support/temporaryFolder";
import { DOCS } from "../../driver/paths";

const ROW: CrashRow = {
  stage: "10 %",
  index: 24,
  call: "PUT onlineEndpoints/heart-classifier-*/deployments/xgboost-model-2",
  moment: "working",
  left: "creating a, creating b, creating c",
  typed: "mlflow-rollout recover",
  added: 1,
  result: "converged",
  requests: 120,
  lost: 0,
  seconds: 15.2,
};

function rowsOf(file: string): readonly CrashRow[] {
  return new Rows<CrashRow>(file, crashKey).all;
}

test("the page in docs is made from the recorded rows, all of which converged without a lost request", () => {
  const rows = rowsOf(join(DOCS, "crash-table.jsonl"));
  expect(readFileSync(join(DOCS, "crash-table.md"), "utf8")).toBe(crashTable(rows));
  expect(rows.filter(({ result, lost }) => result !== "converged" || lost > 0)).toEqual([]);
});

test("a crash is a line, in the order of the calls, and is counted", () => {
  const earlier: CrashRow = {
    ...ROW,
    call: "GET resourceGroups",
    index: 3,
    moment: "before",
    left: "nothing pending",
    result: "x is 1\ninstead | of 2",
  };
  const page = crashTable([ROW, earlier])
    .split("\n")
    .map((line) => line.replaceAll(/ +/g, " "));
  expect(page).toContain("| 2 | 1 | 2 | 240 | 0 |");
  expect(page.slice(page.indexOf("## 10 %: `pulumi up`") + 4)).toEqual([
    "| 3 | `GET resourceGroups` | before Azure got it | nothing pending | `mlflow-rollout recover` | x is 1 instead \\| of 2 |",
    `| 24 | \`${ROW.call}\` | while Azure worked on it | creating a, creating b and 1 more | \`mlflow-rollout recover\` | converged |`,
    "",
  ]);
});

test("a call has one number, whatever its position was in the run of each row", () => {
  const lines = crashTable([ROW, { ...ROW, moment: "after", index: 25 }]).split("\n");
  expect(lines.filter((line) => /^\| 24 +\| /.test(line))).toHaveLength(2);
});

test("of a crash that was run again the last row counts", () => {
  const lines = [{ ...ROW, result: "failed" }, ROW].map((row) => `${JSON.stringify(row)}\n`).join("");
  const folder = temporaryFolder({ "rows.jsonl": lines });
  expect(rowsOf(join(folder, "rows.jsonl"))).toEqual([ROW]);
});
