import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { specsAreSaved } from "../savedSpecs";
import { specTables, publishedVersions } from "./specTables";
import { ROOT } from "../../driver/paths";

const FOLDER = join(ROOT, "local", "src", "apiSpec");

/** One member a line, so a change of the specification can be read. */
function lines(table: object): string {
  const members = Object.entries(table).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  return `{\n${members.join(",\n")}\n}\n`;
}

if (!specsAreSaved) throw new Error("the saved specifications are missing: ../shared/specs");
const { bodies, rules, operations } = specTables();
for (const [name, table] of Object.entries({ bodies, rules, operations, versions: publishedVersions() })) {
  const text = lines(table);
  writeFileSync(join(FOLDER, `${name}.json`), text);
  console.log(`${name}.json: ${Object.keys(table).length} entries, ${Math.ceil(text.length / 1000)} kB`);
}
