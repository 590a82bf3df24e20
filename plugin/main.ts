import { readFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "@pulumi/pulumi/provider/server";
import * as components from "../components";
import { RolloutPlugin } from "./rolloutPlugin";

/** Written by the build, so that no start of the plugin has to read the sources for it, which takes seconds. */
const SCHEMA = join(__dirname, "..", "schema.json");

/**
 * What Pulumi loads when a program in another language constructs the component: `main` of the package. Pulumi calls what it
 * exports; for tools that do not know `exports` of a `package.json`, it has the component and all else too.
 */
export = Object.assign(() => main(new RolloutPlugin(readFileSync(SCHEMA, "utf8")), process.argv.slice(2)), components);
