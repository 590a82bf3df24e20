import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../driver/paths";

const PAGE = readFileSync(join(ROOT, "docs", "troubleshooting.md"), "utf8");

test("each row of docs/troubleshooting.md names a line that stands in its test", () => {
  const rows = [...PAGE.matchAll(/\| `([^`]+\.test\.ts)`: (.+?) +\|$/gm)].map(([, file = "", line = ""]) => ({
    file: join(ROOT, "test", file),
    line,
  }));
  expect(rows).toHaveLength(21);
  const stands = ({ file, line }: { file: string; line: string }): boolean =>
    existsSync(file) && readFileSync(file, "utf8").includes(line);
  expect(rows.filter((row) => !stands(row))).toEqual([]);
});
