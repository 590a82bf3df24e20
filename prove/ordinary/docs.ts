import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CASES } from "./cases";
import { recordedRows } from "./recorded";
import { ordinaryTable } from "./table";

writeFileSync(join(__dirname, "..", "..", "docs", "ordinary-use.md"), ordinaryTable(recordedRows(), CASES.length));
