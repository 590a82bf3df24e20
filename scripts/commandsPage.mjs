// Writes docs/commands.md from what the command itself knows of its commands, options and examples.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandsPage } from "../cli/help/commandsPage.ts";
import { mlflowRollout } from "../cli/program.ts";

const PAGE = join(dirname(fileURLToPath(import.meta.url)), "..", "docs", "commands.md");
writeFileSync(PAGE, commandsPage(mlflowRollout()));
