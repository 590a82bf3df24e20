import type { CompletedCommand, CompletedOption, Place, Words } from "./words";

/** A script for zsh, to be read after `compinit`. */
export function zshScript({ name, options, commands }: Words): string {
  return `#compdef ${name}
# Completion of ${name} for zsh: source <(${name} completion zsh)
_${name}() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C ${options.flatMap((it) => optionSpecs(it)).join(" ")} '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      local -a commands=(
${commands.flatMap(({ names, summary }) => names.map((word) => `        ${quoted(`${word}:${summary}`)}`)).join("\n")}
      )
      _describe command commands
      ;;
    argument)
      case $line[1] in
${commands.map((command) => commandCase(command)).join("\n")}
      esac
      ;;
  esac
}
_${name}-stacks() {
  local -a stacks=(\${(Q)~opt_args[--cwd]:-.}/Pulumi.*.yaml(N:t))
  stacks=(\${\${stacks#Pulumi.}%.yaml})
  compadd -a stacks
}
if [ "$funcstack[1]" = "_${name}" ]; then _${name} "$@"; else compdef _${name} ${name}; fi
`.replaceAll("STACKS", `_${name}-stacks`);
}

function commandCase({ names, options, argument }: CompletedCommand): string {
  const first = argument === undefined ? [] : [quoted(`1:argument:${answer(argument)}`)];
  const specs = [...options.flatMap((it) => optionSpecs(it)), ...first];
  return `        ${names.join("|")}) _arguments ${specs.join(" ")} ;;`;
}

function optionSpecs({ flags, description, value }: CompletedOption): readonly string[] {
  const text = description.replaceAll(/[\\[\]:]/g, (mark) => `\\${mark}`);
  return flags.map((flag) =>
    quoted(
      value === undefined
        ? `(${flags.join(" ")})${flag}[${text}]`
        : `(${flags.join(" ")})${flag}=[${text}]:value:${answer(value)}`,
    ),
  );
}

function answer(place: Place): string {
  switch (place.kind) {
    case "words":
      return `(${place.words.join(" ")})`;
    case "stack":
      return "STACKS";
    case "folder":
      return "_files -/";
    case "file":
      return "_files";
    default:
      return " ";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
