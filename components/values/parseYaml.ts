/**
 * Parses YAML in which all scalars stay text, since a version such as 3.10 is no number. The parser is loaded for the first text:
 * it takes as long to load as a fifth of this package.
 *
 * @throws Error whose first line says what is wrong
 */
export function parseYaml(text: string): unknown {
  const { parse } = require("yaml") as typeof import("yaml");
  return parse(text, { schema: "failsafe" });
}
