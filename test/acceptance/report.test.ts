import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Redactor } from "../../acceptance/redact";
import { emptyReport } from "../../acceptance/report";
import { ReportFile } from "../../acceptance/reportFile";
import { temporaryFolder } from "../support/temporaryFolder";

const STARTED = new Date("2026-01-02T03:04:05Z");
const CIRCUMSTANCES = {
  version: "0.1.0",
  target: "azure",
  location: "westeurope",
  instanceType: "Standard_F2s_v2",
  pulumi: "v3.259.0",
  plugins: "real",
  node: "v20.19.0",
} as const;

test("a report is on disk from the start, and each addition is in both files without secrets", () => {
  const folder = join(temporaryFolder({}), "report");
  const redactor = new Redactor();
  redactor.hide("subscription", "my-subscription");
  const now = () => new Date(STARTED.getTime() + 90_000);
  const file = new ReportFile(folder, redactor, emptyReport(CIRCUMSTANCES, STARTED), now);
  const [json = "", markdown = ""] = file.paths.map((path) => () => readFileSync(path, "utf8")).map((read) => read());
  expect(JSON.parse(json)).toMatchObject({ outcome: "under way", minutes: 1.5 });
  expect(markdown).toContain("Outcome: **under way**");

  const seen = "traffic of my-subscription is:\n{}";
  file.add({
    outcome: "differences",
    differences: [{ id: "weights-zeros-answered", claim: "A weight of 0 is answered.", seen, found: "semantics" }],
    steps: [{ id: "walk-first-up", name: "it serves", commands: ["pulumi up"], seconds: 2.5, result: "as expected" }],
  });
  const [after = "", page = ""] = file.paths.map((path) => readFileSync(path, "utf8"));
  expect(JSON.parse(after)).toMatchObject({ differences: [{ seen: "traffic of <subscription> is:\n{}" }] });
  expect(page).toContain("| `walk-first-up`: it serves | as expected | 2.5     |");
  expect(page).toContain("### weights-zeros-answered\n\nA weight of 0 is answered.\n\nSeen by the semantics:");
  expect(after + page).not.toContain("my-subscription");
});
