import type { Argument, Command, Option } from "commander";
import { examplesOf } from "../terminal/examples";
import { EXIT, EXIT_MEANINGS } from "../terminal/exitCodes";

/** The page `docs/commands.md`, from what the command itself knows. `npm run docs:commands` writes it. */
export function commandsPage(program: Command): string {
  const groups = [...new Set(program.commands.map((command) => command.helpGroup()))];
  const parts = [
    "# Commands",
    "<!-- written by npm run docs:commands -->",
    `The command is \`${program.name()}\`, in a project \`npx ${program.name()}\`. Each has \`--help\`, and \`${program.name()} completion\` lets the shell complete all that is on this page.`,
    ...groups.flatMap((group) => [
      `## ${group.replace(/:$/, "")}`,
      ...program.commands
        .filter((command) => command.helpGroup() === group)
        .flatMap((command) => [command, ...command.commands].flatMap(sectionOf)),
    ]),
    "## Exit codes",
    table(
      ["code", "meaning"],
      Object.entries(EXIT).map(([name, number]) => [String(number), EXIT_MEANINGS[name as keyof typeof EXIT]]),
    ),
    "Errors are one message on stderr, without a stack trace and without secrets.",
  ];
  return `${parts.join("\n\n")}\n`;
}

function sectionOf(command: Command): readonly string[] {
  const aliases = command.aliases().map((alias) => `\`${alias}\``);
  const isInner = command.parent?.parent !== undefined && command.parent.parent !== null;
  const name = isInner ? `${command.parent?.name()} ${command.name()}` : command.name();
  const usage = [name, ...command.registeredArguments.map(nameOf)].join(" ");
  const examples = examplesOf(command).map(([line, does]) => `# ${does}\n${line}`);
  return [
    `### ${usage}`,
    escaped(command.description()),
    ...(aliases.length === 0 ? [] : [`Also as ${aliases.join(", ")}.`]),
    ...(command.registeredArguments.length === 0
      ? []
      : [table(["argument", "what", "default"], command.registeredArguments.map(argumentRow))]),
    ...(command.options.length === 0 ? [] : [table(["option", "what", "default"], command.options.map(optionRow))]),
    ...(examples.length === 0 ? [] : [["```sh", examples.join("\n"), "```"].join("\n")]),
  ];
}

function nameOf(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function argumentRow(argument: Argument): readonly string[] {
  const { description, argChoices, defaultValue, defaultValueDescription } = argument;
  return [code(nameOf(argument)), whatOf(description, argChoices), defaultOf(defaultValue, defaultValueDescription)];
}

function optionRow({ flags, description, argChoices, mandatory, defaultValue, ...option }: Option): readonly string[] {
  const { envVar, defaultValueDescription } = option;
  const more = [
    ...(mandatory ? ["it must be given"] : []),
    ...(envVar === undefined ? [] : [`also by the variable \`${envVar}\``]),
  ];
  const what = [whatOf(description, argChoices), ...more].join("; ");
  return [code(flags), what, defaultOf(defaultValue, defaultValueDescription)];
}

function whatOf(description: string, choices: readonly string[] | undefined): string {
  const words = (choices ?? []).map(code);
  const allowed = [words.slice(0, -1).join(", "), ...words.slice(-1)].filter((part) => part !== "").join(" or ");
  return `${escaped(description)}${allowed === "" ? "" : `: ${allowed}`}`;
}

function defaultOf(value: unknown, description: string | undefined): string {
  if (description !== undefined) return escaped(description);
  return value === undefined || value === false ? "" : code(typeof value === "string" ? value : JSON.stringify(value));
}

/** In a cell even code has to escape what ends the cell. */
function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

/** Text in which nothing is markup. */
function escaped(text: string): string {
  return text.replaceAll(/[\\|<>*_`[\]]/g, (mark) => `\\${mark}`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
