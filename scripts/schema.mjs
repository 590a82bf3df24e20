// Writes dist/schema.json, the package schema from which Pulumi makes SDKs of other languages, unless it is newer than the sources.
// Pulumi would else infer it at each start of the plugin.
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { newest } from "./newest.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const SCHEMA = join(ROOT, "dist", "schema.json");
const SOURCES = ["components", join("plugin", "tsconfig.json"), "package.json", "package-lock.json", "tsconfig.json"];
const COMPONENTS = ["ProgressiveMlflowEndpoint"];

if (SOURCES.some((path) => newest(join(ROOT, path)) > (statSync(SCHEMA, { throwIfNoEntry: false })?.mtimeMs ?? 0))) {
  const require = createRequire(import.meta.url);
  const { Analyzer } = require("@pulumi/pulumi/provider/experimental/analyzer");
  const { generateSchema } = require("@pulumi/pulumi/provider/experimental/schema");
  const { name, version, description } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  // The folder of the tsconfig.json with the files to read.
  const folder = join(ROOT, "plugin");
  const entry = { main: join(ROOT, "components", "index.ts") };
  const found = new Analyzer(folder, name, entry, new Set(COMPONENTS)).analyze();
  const schema = generateSchema(
    name,
    version,
    description,
    found.components,
    found.typeDefinitions,
    found.dependencies,
  );
  writeFileSync(SCHEMA, `${JSON.stringify(schema)}\n`);
}
