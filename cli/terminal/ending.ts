import { CommanderError } from "commander";
import { redact } from "../../components/values/redact";
import { EXIT } from "./exitCodes";
import { Failure } from "./failure";
import { oneLine } from "./text";

/** How a command ends that has thrown something. */
export interface Ending {
  readonly exitCode: number;
  /** For stderr; undefined where a person has been told all there is. */
  readonly message?: string;
}

/** The end of a command by what it has thrown: a usage error of commander, a failure with a code of its own, or any other. */
export function endingOf(error: unknown): Ending {
  // Commander has printed its own: the help, the version, or what was typed wrong.
  if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? EXIT.done : EXIT.usage };
  return {
    exitCode: error instanceof Failure ? error.exitCode : EXIT.failed,
    message: errorLine(oneLine(error)),
  };
}

/**
 * What commander says of a command that was typed wrong, as any other error reads.
 *
 * @param help - what shows the help of the command, for an error that does not say what is allowed
 */
export function usageLine(text: string, help: string): string {
  const line = text
    .replace(/^error: /, "")
    .replace(/\s*\((Did you mean [^)]+)\)/, (_, asked: string) => `; ${asked.replace("Did", "did")}`)
    .replace(/\. ([A-Za-z])/, (_, first: string) => `; ${first.toLowerCase()}`)
    .trim()
    .replace(/\.$/, "");
  return errorLine(line.includes(";") ? line : `${line}; see ${help}`);
}

function errorLine(text: string): string {
  return `mlflow-rollout: ${redact(text)}`;
}
