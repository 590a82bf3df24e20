import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CASES } from "./cases/all";
import { recordedOrdinaryRows } from "./recorded";
import { ordinaryTable } from "./table";
import { DOCS } from "../../driver/paths";

writeFileSync(join(DOCS, "ordinary-use.md"), ordinaryTable(recordedOrdinaryRows(), CASES.length));
