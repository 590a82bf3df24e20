import { execFile, execFileSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AzureClient } from "../../driver/azureClient";
import { EXPECTED_ANSWERS, createWorkspace } from "../../driver/heartWorkspace";
import { PYTHON, hasPython } from "../support/python";
import { EXAMPLE, MODELS } from "../../driver/paths";

const hasSdk = hasPython && isImported("azure.ai.ml");
const WITHOUT_SDK = hasSdk ? "" : " (skipped: needs .venv with azure-ai-ml: run node scripts/python.mjs)";

function isImported(module: string): boolean {
  const find = `import importlib.util, sys; sys.exit(importlib.util.find_spec("${module}") is None)`;
  try {
    execFileSync(PYTHON, ["-c", find], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasSdk)(`Microsoft's ML SDK for Python${WITHOUT_SDK}`, () => {
  let azure: AzureClient;
  beforeAll(async () => {
    // Not observed: it asks in versions whose specifications are not saved.
    azure = new AzureClient(await startLocalAzure());
    await azure.clock({ speed: 10_000 });
    await createWorkspace(azure);
  });
  afterAll(() => azure.close());

  // Side by side, since the SDK sleeps seconds before it looks again.
  test.concurrent.each<[string, "blue" | "green", readonly string[]]>([
    ["pointed by the printed environment", "blue", []],
    ["with the name of the cloud", "green", ["LocalAzureML"]],
  ])(
    "%s registers a local folder, deploys it, scores, and lists with options",
    async (_, model, cloud) => {
      const args = [join(__dirname, "mlSdk.py"), join(MODELS, model), join(EXAMPLE, "sample-request.json")];
      const env = { ...process.env, ...azure.azure.env, AZURE_CORE_COLLECT_TELEMETRY: "false" };
      const { stdout } = await promisify(execFile)(PYTHON, [...args, ...cloud], { env, maxBuffer: 2 ** 26 });
      const suffix = cloud.length === 0 ? "" : "-named";
      expect(JSON.parse(stdout.trim().split("\n").at(-1) ?? "")).toEqual({
        active: ["1", "2"],
        archived: ["3"],
        models: [`sdk-model${suffix}`],
        latest: "2",
        default: "workspaceblobstore",
        workspaces: ["heart"],
        endpoints: [`heart-sdk${suffix}`],
        deployments: ["blue"],
        state: "succeeded",
        traffic: { blue: 100 },
        answers: EXPECTED_ANSWERS[model],
        logs: true,
      });
    },
    300_000,
  );
});
