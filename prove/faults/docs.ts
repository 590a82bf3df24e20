import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordedFaultRows } from "./recorded";
import { faultTable } from "./table";
import { DOCS } from "../../driver/paths";

writeFileSync(join(DOCS, "fault-table.md"), faultTable(recordedFaultRows()));
