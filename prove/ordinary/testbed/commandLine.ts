/** One command of a line, as a shell parses it. */
export interface TypedCommand {
  /** Variables set only for it. */
  readonly env: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

/** A word: quoted parts and others, without blanks between them. */
const WORD = /(?:'[^']*'|"[^"]*"|[^\s'"])+/g;

/** The commands of a typed line, joined by `&&`: `A=1 pulumi up -c 'x=1' && pulumi preview`. */
export function commandsOf(line: string): readonly TypedCommand[] {
  return line.split(" && ").map((command) => {
    const words = (command.match(WORD) ?? []).map((word) => word.replaceAll(/'([^']*)'|"([^"]*)"/g, "$1$2"));
    const first = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
    const env = words
      .slice(0, first)
      .map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]);
    return { env: Object.fromEntries(env) as Record<string, string>, words: words.slice(first) };
  });
}

/** The values of the options of a command, by name without dashes; a switch is an empty text. */
export function optionsOf(words: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const options: Record<string, string[]> = {};
  for (const [index, word] of words.entries()) {
    if (!word.startsWith("--")) continue;
    const [name = "", given] = word.slice(2).split("=");
    const next = words[index + 1];
    const value = given ?? (next === undefined || next.startsWith("-") ? "" : next);
    (options[name] ??= []).push(value);
  }
  return options;
}
