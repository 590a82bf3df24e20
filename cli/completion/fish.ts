import type { CompletedCommand, CompletedOption, Place, Words } from "./words";

/** A script for fish 3 and later. */
export function fishScript({ name, options, commands }: Words): string {
  const lines = [
    ...options.map((option) => line("__fish_use_subcommand", optionWords(option))),
    ...commands.flatMap(({ names, summary }) =>
      names.map((word) => line("__fish_use_subcommand", `-a ${word} -d ${quoted(summary)}`)),
    ),
    ...commands.flatMap(commandLines),
  ];
  return `# Completion of ${name} for fish: ${name} completion fish | source
function STACKS
  set -l tokens (commandline -opc)
  set -l folder .
  if set -l at (contains -i -- --cwd $tokens); and set -q tokens[(math $at + 1)]
    set folder $tokens[(math $at + 1)]
  end
  for file in $folder/Pulumi.*.yaml
    string replace -r '^.*/Pulumi\\.(.*)\\.yaml$' '$1' -- $file
  end
end
complete -c ${name} -f
${lines.map((text) => `complete -c ${name} ${text}`).join("\n")}
`.replaceAll("STACKS", `__${name.replaceAll("-", "_")}_stacks`);
}

function commandLines({ names, options, argument }: CompletedCommand): readonly string[] {
  const seen = `__fish_seen_subcommand_from ${names.join(" ")}`;
  return [
    ...options.map((option) => line(seen, optionWords(option))),
    ...(argument === undefined || argument.kind === "anything" ? [] : [line(seen, answer(argument))]),
  ];
}

function line(condition: string, words: string): string {
  return `-n ${quoted(condition)} ${words}`;
}

function optionWords({ flags, description, value }: CompletedOption): string {
  const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const takes = value === undefined ? "" : ` -x ${answer(value)}`;
  return `${names.join(" ")}${takes} -d ${quoted(description)}`.replace("  ", " ");
}

function answer(place: Place): string {
  switch (place.kind) {
    case "words":
      return `-a ${quoted(place.words.join(" "))}`;
    case "stack":
      return "-a '(STACKS)'";
    case "folder":
      return "-a '(__fish_complete_directories)'";
    case "file":
      return "-F";
    default:
      return "";
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
