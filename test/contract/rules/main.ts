import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { specsAreSaved } from "../savedSpecs";
import { contractTables, publishedVersions } from "./contractTables";

const FOLDER = resolve(__dirname, "../../../local/src/contract");

/** One member a line, so that a change of the contract can be read. */
function lines(table: object): string {
  const members = Object.entries(table).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${members.join(",\n")}\n}\n`;
}

if (!specsAreSaved) throw new Error("the saved specifications are missing: ../shared/specs");
const { bodies, rules, operations } = contractTables();
for (const [name, table] of Object.entries({ bodies, rules, operations, versions: publishedVersions() })) {
  const text = lines(table);
  writeFileSync(join(FOLDER, `${name}.json`), text);
  console.log(`${name}.json: ${Object.keys(table).length} entries, ${Math.ceil(text.length / 1000)} kB`);
}
