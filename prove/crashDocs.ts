import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRows } from "./crashRows";
import { crashTable } from "./crashTable";

const DOCS = join(__dirname, "..", "docs");

writeFileSync(join(DOCS, "crash-table.md"), crashTable(readRows(join(DOCS, "crash-table.jsonl"))));
