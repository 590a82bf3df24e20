import { whatItSays } from "../faults/says";

/** A frame of a stack trace. */
const FRAME = /^\s+at .*(:\d+:\d+|<anonymous>)/;

/** What a command says beside the usual report, without places in the program; without diagnostics, its errors. */
export function whatIsSaid(text: string): string {
  const said = whatItSays(text);
  const lines = (said === "" ? errorsOf(text) : said).split("\n").filter((line) => !FRAME.test(line));
  return lines.filter((line, index) => line !== lines[index - 1]).join("\n");
}

function errorsOf(text: string): string {
  const errors = text.split("\n").filter((line) => /error: /.test(line));
  return errors.map((line) => line.trim()).join("\n");
}
