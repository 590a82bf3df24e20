import type { Argument, Command, Option } from "commander";

/** What may stand in one place. */
export type Place =
  | { readonly kind: "words"; readonly words: readonly string[] }
  /** A folder, a file, or a stack of the project. */
  | { readonly kind: "folder" | "file" | "stack" }
  /** Nothing that a shell knows. */
  | { readonly kind: "anything" };

export interface CompletedOption {
  /** Such as `-h` and `--help`. */
  readonly flags: readonly string[];
  readonly description: string;
  /** Undefined for an option without a value. */
  readonly value?: Place;
}

export interface CompletedCommand {
  /** Its name, then its other names. */
  readonly names: readonly string[];
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  readonly argument?: Place;
}

/** All that a shell may complete. */
export interface Words {
  readonly name: string;
  readonly options: readonly CompletedOption[];
  readonly commands: readonly CompletedCommand[];
}

/** What the program and its commands say of themselves. */
export function wordsOf(program: Command): Words {
  const help = program.createHelp();
  const options = (command: Command): readonly CompletedOption[] => help.visibleOptions(command).map(optionOf);
  const commands = help.visibleCommands(program);
  const names = commands.flatMap((command) => [command.name(), ...command.aliases()]);
  return {
    name: program.name(),
    options: options(program),
    commands: commands.map((command) => {
      const [first] = command.registeredArguments;
      return {
        names: [command.name(), ...command.aliases()],
        summary: command.summary() || command.description(),
        options: options(command),
        ...(first && { argument: first.name() === "command" ? { kind: "words", words: names } : placeOf(first) }),
      };
    }),
  };
}

function optionOf(option: Option): CompletedOption {
  const { short, long, description, required, optional, flags, argChoices } = option;
  const takes = required || optional;
  return {
    flags: [short, long].filter((flag) => flag !== undefined && flag !== null),
    description,
    ...(takes && { value: place(argChoices, long === "--stack" ? "stack" : (/<([^>]+)>/.exec(flags)?.[1] ?? "")) }),
  };
}

function placeOf(argument: Argument): Place {
  return place(argument.argChoices, argument.name());
}

/** What stands for a value, by the word that the help has for it. */
function place(choices: readonly string[] | undefined, word: string): Place {
  if (choices !== undefined) return { kind: "words", words: choices };
  if (word === "folder" || word === "stack") return { kind: word };
  return { kind: word === "file" || word === "path" ? "file" : "anything" };
}
