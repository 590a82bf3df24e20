import { diagnosticsIn } from "../faults/diagnostics";

/** Frames of a stack trace and requests in the log of a container. */
const PASSING = /^\s+at .*(:\d+:\d+|<anonymous>)|^\s+\| (GET|POST) \//;

/** The folder of a case's project. */
const FOLDER = /\/\S*\/heart-ordinary-\w+/g;

/** A command's diagnostics besides the usual report, without random parts; if there are none, its errors. */
export function messagesIn(text: string): string {
  const shown = text.replaceAll(FOLDER, "<project>");
  const said = diagnosticsIn(shown);
  const lines = (said === "" ? errorsOf(shown) : said).split("\n").filter((line) => !PASSING.test(line));
  const others = lines.filter((line, index) => line !== lines[index - 1]);
  // A resource without remaining lines shows only its name.
  const isAlone = (index: number): boolean => said !== "" && !/^\s/.test(others[index + 1] ?? "-");
  return others.filter((line, index) => /^\s/.test(line) || !isAlone(index)).join("\n");
}

function errorsOf(text: string): string {
  const errors = text.split("\n").filter((line) => /error: /.test(line));
  return errors.map((line) => line.trim()).join("\n");
}
