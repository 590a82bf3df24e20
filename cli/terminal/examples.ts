import type { Command } from "commander";

/** A line that somebody types, and what it does. */
export type Example = readonly [line: string, does: string];

const EXAMPLES = new WeakMap<Command, readonly Example[]>();

/** Adds examples to the help of a command and to its section in `docs/commands.md`. */
export function withExamples(command: Command, examples: readonly Example[]): Command {
  EXAMPLES.set(command, examples);
  const lines = examples.flatMap(([line, does]) => [`  ${line}`, `      ${does}`]);
  return command.addHelpText("after", ["", "Examples:", ...lines].join("\n"));
}

export function examplesOf(command: Command): readonly Example[] {
  return EXAMPLES.get(command) ?? [];
}
