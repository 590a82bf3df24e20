import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, onTestFinished, test } from "vitest";
import { AzureClient } from "../../driver/azureClient";
import { isRunning } from "../support/container";
import { ENDPOINT, createWorkspace, deploymentBody, endpointBody } from "../../driver/heartWorkspace";
import { registerFiles } from "../support/modelFiles";
import { SCRIPTED_MODEL, wish } from "../support/scriptedModel";
import { PYTHON, WITHOUT_PYTHON, hasPython } from "../support/python";
import { Scoring } from "../../driver/scoring";
import { temporaryFolder } from "../support/temporaryFolder";
import { ROOT } from "../../driver/paths";

const COMMAND = join(ROOT, "bin", "mlflow-rollout.js");
type Settings = ConstructorParameters<typeof AzureClient>[0];

describe.skipIf(!hasPython)(`mlflow-rollout local --python${WITHOUT_PYTHON}`, () => {
  test.each(["SIGTERM", "SIGKILL"] as const)(
    "leaves no Python behind on %s",
    async (signal) => {
      // A killed server leaves its files.
      const env = { ...process.env, TMPDIR: temporaryFolder({}) };
      const command = spawn(process.execPath, [COMMAND, "local", "--json", "--python", PYTHON], { env });
      onTestFinished(() => void command.kill("SIGKILL"));
      const [line] = (await once(createInterface(command.stdout), "line")) as [string];
      const azure = new AzureClient(JSON.parse(line) as Settings);
      await createWorkspace(azure);
      await registerFiles(azure, "1", SCRIPTED_MODEL);
      await azure.operate("PUT", ENDPOINT, endpointBody());
      await azure.operate("PUT", `${ENDPOINT}/deployments/scripted`, deploymentBody(azure, "1"));
      const endpoint = await Scoring.of(azure);
      const headers = { "azureml-model-deployment": "scripted" };
      const { body: pid } = await endpoint.score({ headers, body: wish("os.getpid()") });
      expect(isRunning(Number(pid))).toBe(true);
      command.kill(signal);
      await once(command, "exit");
      await expect.poll(() => isRunning(Number(pid))).toBe(false);
    },
    120_000,
  );
});
