import type { CompletedCommand, CompletedOption, Place, Words } from "./words";

/** A script for bash 3.2 and later, without the package bash-completion. */
export function bashScript({ name, options, commands }: Words): string {
  const fn = `_${name.replaceAll("-", "_")}`;
  return `# Completion of ${name} for bash: source <(${name} completion bash)
${fn}() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" command="" folder="." words="" i
  # bash takes the = of --stack=prod for a word.
  if [ "$cur" = "=" ]; then cur=""; elif [ "$prev" = "=" ]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      -*) ;;
      *) if [ -z "$command" ]; then command="\${COMP_WORDS[i]}"; fi ;;
    esac
    if [ "\${COMP_WORDS[i]}" = "--cwd" ]; then folder="\${COMP_WORDS[i+1]}"; fi
  done
  local IFS=$'\\n'
  case "$command" in
    "") words='${commandWords(options, commands)}' ;;
${commands.map((command) => commandCase(command)).join("\n")}
  esac
  COMPREPLY=($(compgen -W "\${words// /$'\\n'}" -- "$cur"))
}
# The names of files are not for compgen -W, which would run what stands in one as a command.
${fn}_stacks() {
  local file
  COMPREPLY=()
  for file in "$1"/Pulumi.*.yaml; do
    file="\${file##*/Pulumi.}"
    file="\${file%.yaml}"
    if [[ "$file" =~ ^[A-Za-z0-9_.-]+$ && "$file" == "$2"* ]]; then COMPREPLY+=("$file"); fi
  done
}
complete -F ${fn} ${name}
`.replaceAll("STACKS", `${fn}_stacks`);
}

function commandWords(options: readonly CompletedOption[], commands: readonly CompletedCommand[]): string {
  return [...commands.flatMap(({ names }) => names), ...options.flatMap(({ flags }) => flags)].join(" ");
}

function commandCase({ names, options, argument }: CompletedCommand): string {
  const values = options.flatMap(({ flags, value }) =>
    value === undefined ? [] : [`        ${flags.join("|")}) ${answer(value)}; return ;;`],
  );
  const flags = options.flatMap((option) => option.flags).join(" ");
  const bare = argument === undefined ? "" : `      case "$cur" in -*) ;; *) ${answer(argument)}; return ;; esac\n`;
  const ofValues = values.length === 0 ? "" : `      case "$prev" in\n${values.join("\n")}\n      esac\n`;
  return `    ${names.join("|")})\n${ofValues}${bare}      words='${flags}' ;;`;
}

function answer(place: Place): string {
  switch (place.kind) {
    case "words":
      return `COMPREPLY=($(compgen -W "${place.words.join("\n")}" -- "$cur"))`;
    case "stack":
      return 'STACKS "$folder" "$cur"';
    case "folder":
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$cur"))';
    case "file":
      return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur"))';
    default:
      return "COMPREPLY=()";
  }
}
