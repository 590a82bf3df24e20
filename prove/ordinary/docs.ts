import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CASES } from "./cases";
import { recordedRows } from "./recorded";
import { ordinaryTable } from "./table";
import { DOCS } from "../../driver/paths";

writeFileSync(join(DOCS, "ordinary-use.md"), ordinaryTable(recordedRows(), CASES.length));
