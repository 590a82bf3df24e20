import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { AS_DOCUMENTED } from "../../prove/ordinary/cases/ordinaryCase";
import type { OrdinaryRow } from "../../prove/ordinary/cases/ordinaryCase";
import { CASES } from "../../prove/ordinary/cases/all";
import { commandsOf, optionsOf } from "../../prove/ordinary/testbed/commandLine";
import { recordedOrdinaryRows } from "../../prove/ordinary/recorded";
import { ordinaryTable } from "../../prove/ordinary/table";
import { DOCS } from "../../driver/paths";

const PAGE = join(DOCS, "ordinary-use.md");
const ROW: OrdinaryRow = {
  name: "renames | the component",
  section: "the program is edited",
  typed: ["pulumi preview", "pulumi up --target urn:heart-traffic"],
  ends: "refused",
  exit: 255,
  says: "OnlineEndpoint heart-endpoint\n  error: it is protected",
  writes: 0,
  live: "default 90, green 10",
  todo: "take the change back, then `pulumi up`",
  result: AS_DOCUMENTED,
  outages: [],
  stuck: false,
  requests: 120,
  lost: 0,
  seconds: 9.5,
};

test("the page in docs is made from the recorded rows, all as documented", () => {
  const rows = recordedOrdinaryRows();
  expect(readFileSync(PAGE, "utf8")).toBe(ordinaryTable(rows, CASES.length));
  expect(rows.filter(({ result }) => result !== AS_DOCUMENTED)).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(160);
});

test("a recorded row is of the case as it is now", () => {
  const ends = new Map(CASES.map((ordinary) => [ordinary.name, ordinary.ends]));
  expect(recordedOrdinaryRows().filter((row) => ends.get(row.name) !== row.ends)).toEqual([]);
});

test("nothing takes traffic away, nobody is stuck, and what is refused writes nothing", () => {
  const rows = recordedOrdinaryRows();
  expect(rows.filter(({ outages, stuck, lost }) => outages.length > 0 || stuck || lost > 0)).toEqual([]);
  expect(rows.filter(({ ends, writes, exit }) => ends === "refused" && (writes > 0 || exit === 0))).toEqual([]);
});

test("cases have names of their own", () => {
  const names = CASES.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test("a row has a link to what is typed and what a terminal shows of it", () => {
  const lines = ordinaryTable([ROW], 1)
    .split("\n")
    .map((line) => line.replaceAll(/ +/g, " "));
  expect(lines).toContain("| 1 | 1 | 0 | 0 | 120 | 0 |");
  expect(lines).toContain(
    "| [1](#1) | renames \\| the component | refused | 0 | default 90, green 10 | take the change back, then `pulumi up` | as documented |",
  );
  expect(lines.slice(lines.indexOf("### 1"))).toEqual([
    "### 1",
    "",
    "Somebody renames | the component.",
    "",
    "```text",
    "$ pulumi preview",
    "$ pulumi up --target <URN of heart-traffic>",
    "OnlineEndpoint heart-endpoint",
    " error: it is protected",
    "```",
    "",
  ]);
});

test("a typed line is read as a shell reads it", () => {
  expect(commandsOf("A=1 pulumi config set --path 'modelVersions[\"2\"]' x && pulumi up")).toEqual([
    { env: { A: "1" }, words: ["pulumi", "config", "set", "--path", 'modelVersions["2"]', "x"] },
    { env: {}, words: ["pulumi", "up"] },
  ]);
  expect(optionsOf(["pulumi", "up", "--target", "a", "--target", "b", "--refresh", "--parallel=1"])).toEqual({
    target: ["a", "b"],
    refresh: [""],
    parallel: ["1"],
  });
});
