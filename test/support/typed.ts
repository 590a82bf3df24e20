import { mlflowRollout } from "../../cli/program";
import { endingOf } from "../../cli/terminal/ending";

/** What a command that was typed wrong, or asked for its help, prints and ends with, without a process of its own. */
export async function typed(...words: readonly string[]) {
  const program = mlflowRollout();
  let [stdout, stderr] = ["", ""];
  const commands = program.commands.flatMap((command) => [command, ...command.commands]);
  for (const command of [program, ...commands])
    command.configureOutput({ writeOut: (text) => void (stdout += text), writeErr: (text) => void (stderr += text) });
  const status = await program.parseAsync(words, { from: "user" }).then(
    () => 0,
    (error: unknown) => {
      const { exitCode, message } = endingOf(error);
      if (message !== undefined) stderr += `${message}\n`;
      return exitCode;
    },
  );
  return { status, stdout, stderr };
}
