import { createInterface } from "node:readline/promises";
import type { Interruption } from "./interruption";

/** Asks the user; no answer is a no. @throws Interrupted at Ctrl+C */
export async function confirm(question: string, interruption: Interruption): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const { signal } = interruption;
  const ended = new Promise<string>((resolve) => {
    terminal.once("close", () => resolve("no"));
    // A terminal gives Ctrl+C to whoever reads it, and not to the process.
    terminal.once("SIGINT", interruption.abort);
  });
  try {
    const answer = await Promise.race([terminal.question(`${question} (yes/no) `, { signal }), ended]);
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    terminal.close();
  }
}
