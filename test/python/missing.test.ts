import { join } from "node:path";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { findPython } from "../../local/src/scoring/python";
import { ModelLoadError } from "../../local/src/scoring/mlmodel";
import { ENDPOINT, createWorkspace, deploymentBody, endpointBody } from "../../driver/heartWorkspace";
import { TestAzure, textAt } from "../support/localAzure";
import { registerFiles, withoutOnnx } from "../support/modelFiles";
import { PYTHON, WITHOUT_PYTHON, hasPython } from "../support/python";
import { temporaryFolder } from "../support/temporaryFolder";
import { ROOT } from "../../driver/paths";

const NEEDED = "a model without an onnx flavour is scored by a Python with mlflow";
const INSTALL =
  "run python3 -m venv .venv && .venv/bin/pip install -r requirements.txt with the requirements.txt of the model";
const NONE = `${NEEDED}, and neither .venv/bin/python nor python3 is one; ${INSTALL}, or name one in LOCAL_AZURE_PYTHON`;
const configured = (problem: string): string =>
  `${NEEDED}, and the configured ${problem}; ${INSTALL}, or configure another one`;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A machine without Python: an empty current folder, nothing on PATH. */
function hideEveryPython(): void {
  const empty = temporaryFolder({});
  vi.spyOn(process, "cwd").mockReturnValue(empty);
  vi.stubEnv("PATH", empty);
  vi.stubEnv("LOCAL_AZURE_PYTHON", undefined);
}

describe("without a Python that has mlflow", () => {
  test("the deployment of a model without an onnx flavour fails, and says what to install", async () => {
    hideEveryPython();
    const azure = await TestAzure.start();
    onTestFinished(() => azure.close());
    await createWorkspace(azure);
    await registerFiles(azure, "1", withoutOnnx("blue"));
    await azure.operate("PUT", ENDPOINT, endpointBody());
    const end = await azure.operate("PUT", `${ENDPOINT}/deployments/blue`, deploymentBody(azure, "1"));
    expect(end.body).toMatchObject({
      status: "Failed",
      error: {
        code: "ResourceNotReady",
        message: `User container has crashed or terminated: ${NONE}. Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-resourcenotready`,
      },
    });
    const { body } = await azure.arm("POST", `${ENDPOINT}/deployments/blue/getLogs`, {});
    expect(textAt(body, "content")).toBe(NONE);
  });

  test.each([
    ["is missing", "/nowhere/python", "/nowhere/python cannot be started (spawn /nowhere/python ENOENT)"],
    ["is another program", process.execPath, `${process.execPath} cannot import mlflow`],
  ])("the message names the configured one when it %s", async (_, python, problem) => {
    await expect(findPython(python)).rejects.toThrow(new ModelLoadError(configured(problem)));
  });

  test("a configured one is not replaced by one that is found", async () => {
    vi.stubEnv("LOCAL_AZURE_PYTHON", "/nowhere/python");
    await expect(findPython()).rejects.toThrow("the configured /nowhere/python cannot be started");
  });
});

describe.skipIf(!hasPython)(`a Python with mlflow is found${WITHOUT_PYTHON}`, () => {
  test("by LOCAL_AZURE_PYTHON, from the current folder", async () => {
    vi.stubEnv("LOCAL_AZURE_PYTHON", join(".", ".venv", "bin", "python"));
    vi.spyOn(process, "cwd").mockReturnValue(ROOT);
    expect(await findPython()).toBe(PYTHON);
  });

  test("in .venv of the current folder", async () => {
    hideEveryPython();
    vi.spyOn(process, "cwd").mockReturnValue(ROOT);
    expect(await findPython()).toBe(PYTHON);
  });

  test("as python3 on PATH", async () => {
    hideEveryPython();
    vi.stubEnv("PATH", join(PYTHON, ".."));
    expect(await findPython()).toBe("python3");
  });
});
