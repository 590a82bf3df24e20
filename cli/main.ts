import { mlflowRollout } from "./program";
import { endingOf } from "./terminal/ending";

// Whoever reads the output may have seen enough, as "head" has.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

mlflowRollout()
  .parseAsync()
  .catch((error: unknown) => {
    const { exitCode, message } = endingOf(error);
    if (message !== undefined) process.stderr.write(`${message}\n`);
    process.exitCode = exitCode;
  });
