import { whatItSays } from "../faults/says";

/** What a command says beside the usual report; without diagnostics, its errors. */
export function whatIsSaid(text: string): string {
  const said = whatItSays(text);
  if (said !== "") return said;
  return text
    .split("\n")
    .filter((line) => /error: /.test(line))
    .map((line) => line.trim())
    .join("\n");
}
