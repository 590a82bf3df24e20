import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Rows } from "../common/rows";
import type { CrashRow } from "./testCrash";
import { crashKey } from "./testCrash";
import { crashTable } from "./table";
import { DOCS } from "../../driver/paths";

writeFileSync(
  join(DOCS, "crash-table.md"),
  crashTable(new Rows<CrashRow>(join(DOCS, "crash-table.jsonl"), crashKey).all),
);
