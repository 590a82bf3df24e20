import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { expect, test } from "vitest";
import { commandsPage } from "../../cli/help/commandsPage";
import { mlflowRollout } from "../../cli/program";
import { withExamples } from "../../cli/terminal/examples";
import { DOCS } from "../../driver/paths";

test('docs/commands.md is what "npm run docs:commands" writes', () => {
  expect(readFileSync(join(DOCS, "commands.md"), "utf8")).toBe(commandsPage(mlflowRollout()));
});

test("a command is on the page with its arguments, options, defaults and examples, and none of it is markup", () => {
  const program = new Command("tool");
  const command = program
    .command("go")
    .helpGroup("Do:")
    .alias("g")
    .description("Go to <place> | *now*.")
    .argument("<place>", "where")
    .argument("[more...]", "what else", [])
    .addOption(new Option("-s, --speed <n>", "how fast").choices(["1", "2", "3"]).default("1").env("SPEED"))
    .requiredOption("--who <name>", "who goes");
  withExamples(command, [["tool go home", "go home"]]);
  expect(commandsPage(program)).toContain(`## Do

### go <place> [more...]

Go to \\<place\\> \\| \\*now\\*.

Also as \`g\`.

| argument    | what      | default |
| ----------- | --------- | ------- |
| \`<place>\`   | where     |         |
| \`[more...]\` | what else | \`[]\`    |

| option            | what                                                    | default |
| ----------------- | ------------------------------------------------------- | ------- |
| \`-s, --speed <n>\` | how fast: \`1\`, \`2\` or \`3\`; also by the variable \`SPEED\` | \`1\`     |
| \`--who <name>\`    | who goes; it must be given                              |         |

\`\`\`sh
# go home
tool go home
\`\`\`
`);
});
