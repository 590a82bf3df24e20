import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordedRows } from "./recorded";
import { faultTable } from "./table";

writeFileSync(join(__dirname, "..", "..", "docs", "fault-table.md"), faultTable(recordedRows()));
