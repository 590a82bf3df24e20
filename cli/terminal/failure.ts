import { EXIT } from "./exitCodes";
import type { ExitCode } from "./exitCodes";

/** An end of a command that has an exit code of its own. Its message is for a person. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode = EXIT.failed,
  ) {
    super(message);
  }
}
