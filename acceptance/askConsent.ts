import { createInterface } from "node:readline/promises";

/**
 * Asks whether to continue; no answer means no.
 *
 * @throws Error where there is no terminal to ask in
 */
export async function askConsent(input: NodeJS.ReadStream, output: NodeJS.WritableStream): Promise<boolean> {
  if (!input.isTTY)
    throw new Error("there is no terminal to ask in, and nothing was created; --yes agrees to all that");
  const terminal = createInterface({ input, output });
  const ended = new Promise<string>((resolve) => {
    terminal.once("close", () => resolve("no"));
    terminal.once("SIGINT", () => resolve("no"));
  });
  try {
    return /^y(es)?$/i.test((await Promise.race([terminal.question("go on? (yes/no) "), ended])).trim());
  } finally {
    terminal.close();
  }
}
