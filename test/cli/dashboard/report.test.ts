import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pageOf, updateOf } from "../../../cli/dashboard/page";
import { checkReportPath, writeReport } from "../../../cli/dashboard/report";
import { minute, rolloutHistory } from "../../support/rolloutHistory";
import { temporaryFolder } from "../../support/temporaryFolder";

const PAGE = pageOf(updateOf({ history: rolloutHistory() }), { writtenAt: minute(80) });

test("a report is written whole, and again over itself", () => {
  const folder = temporaryFolder({ "empty.html": "" });
  for (const name of ["report.html", "report.html", "empty.html"]) {
    checkReportPath(join(folder, name));
    writeReport(join(folder, name), PAGE);
  }
  expect(readFileSync(join(folder, "report.html"), "utf8")).toBe(PAGE);
  expect(readdirSync(folder).toSorted()).toEqual(["empty.html", "report.html"]);
});

test.each([
  ["index.ts", "is there and is no report; name another file"],
  ["folder", "is no file; name the file to write"],
  [join("missing", "report.html"), "there is no folder"],
])("%s is refused, and stays as it is", (name, reason) => {
  const folder = temporaryFolder({ "index.ts": "const program = 1;" });
  mkdirSync(join(folder, "folder"));
  expect(() => checkReportPath(join(folder, name))).toThrow(reason);
  expect(readFileSync(join(folder, "index.ts"), "utf8")).toBe("const program = 1;");
});

test("nothing is left of one that cannot be written", () => {
  const folder = temporaryFolder({});
  mkdirSync(join(folder, "report.html"));
  writeFileSync(join(folder, "report.html", "file"), "");
  expect(() => writeReport(join(folder, "report.html"), PAGE)).toThrow("report.html");
  expect(readdirSync(folder)).toEqual(["report.html"]);
  expect(existsSync(join(folder, "report.html", "file"))).toBe(true);
});
