import { mlflowRollout } from "./program";
import { oneLine } from "./terminal/text";

mlflowRollout()
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`mlflow-rollout: ${oneLine(error)}\n`);
    process.exitCode = 1;
  });
