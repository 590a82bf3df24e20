import { mlflowRollout } from "./program";
import { endingOf } from "./terminal/ending";
import { endWithReader } from "./terminal/reader";

endWithReader();

mlflowRollout()
  .parseAsync()
  .catch((error: unknown) => {
    const { exitCode, message } = endingOf(error);
    if (message !== undefined) process.stderr.write(`${message}\n`);
    process.exitCode = exitCode;
  });
