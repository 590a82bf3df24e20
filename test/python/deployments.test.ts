import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isRunning } from "../support/container";
import { ENDPOINT, createWorkspace, deploymentBody, endpointBody } from "../../driver/heartWorkspace";
import { TestAzure, textAt } from "../support/localAzure";
import { pythonModel, registerFiles } from "../support/modelFiles";
import { SCRIPTED_MODEL, wish } from "../support/scriptedModel";
import { PYTHON, WITHOUT_PYTHON, hasPython } from "../support/python";
import { Scoring } from "../../driver/scoring";
import { temporaryFolder } from "../support/temporaryFolder";

const SCRIPTED_PATH = `${ENDPOINT}/deployments/scripted`;
const BROKEN = pythonModel("def _load_pyfunc(path):\n    raise RuntimeError('no weights')\n");

describe.skipIf(!hasPython)(`a deployment that Python scores${WITHOUT_PYTHON}`, () => {
  let azure: TestAzure;
  let endpoint: Scoring;
  const ask = (text: string) => endpoint.score({ body: wish(text) });
  const pidOf = async (): Promise<number> => Number((await ask("os.getpid()")).body);
  const logOf = async (path: string): Promise<string> =>
    textAt((await azure.arm("POST", `${path}/getLogs`, {})).body, "content");
  const putScripted = () => {
    const settings = { requestSettings: { requestTimeout: "PT2S" }, environmentVariables: { GREETING: "hello" } };
    return azure.operate("PUT", SCRIPTED_PATH, deploymentBody(azure, "1", settings));
  };

  beforeAll(async () => {
    azure = await TestAzure.start({ python: PYTHON });
    await createWorkspace(azure);
    await registerFiles(azure, "1", SCRIPTED_MODEL);
    await registerFiles(azure, "2", BROKEN);
    await azure.operate("PUT", ENDPOINT, endpointBody());
    await putScripted();
    await azure.operate("PUT", ENDPOINT, endpointBody({ traffic: { scripted: 100 } }));
    endpoint = await Scoring.of(azure);
  }, 180_000);
  afterAll(() => azure.close());

  test("has the variables of the deployment", async () => {
    expect(await ask("[os.environ['GREETING']]")).toMatchObject({ status: 200, body: ["hello"] });
  });

  test("answers 424 with the container's 500 when the model raises, and tells why in its log", async () => {
    expect(await ask("1 / 0")).toMatchObject({
      status: 424,
      headers: { "ms-azureml-model-error-statuscode": "500", "x-ms-run-function-failed": "True" },
      body: { message: "An unexpected error occurred in scoring script. Check the logs for more info." },
    });
    const log = await logOf(SCRIPTED_PATH);
    expect(log).toContain("Encountered Exception: ZeroDivisionError: division by zero");
    await expect.poll(() => logOf(SCRIPTED_PATH)).toContain("Traceback (most recent call last):");
  });

  test("answers 408 when the model is slower than the request timeout, and goes on when it is done", async () => {
    const gate = join(temporaryFolder({}), "open");
    const poll = `iter(lambda: __import__('time').sleep(0.01), 0)`;
    expect(await ask(`next([1] for _ in ${poll} if os.path.exists('${gate}'))`)).toMatchObject({ status: 408 });
    writeFileSync(gate, "");
    expect(await ask("[2]")).toMatchObject({ status: 200, body: [2] });
  });

  test("fails with the model's own error when it cannot be loaded, and its log has the traceback", async () => {
    const path = `${ENDPOINT}/deployments/broken`;
    const end = await azure.operate("PUT", path, deploymentBody(azure, "2"));
    expect(end.body).toMatchObject({
      status: "Failed",
      error: {
        code: "ResourceNotReady",
        message: expect.stringMatching(
          /^User container has crashed or terminated: RuntimeError: no weights\. /,
        ) as string,
      },
    });
    expect(await logOf(path)).toMatch(
      /Traceback \(most recent call last\):\n[^]*\nRuntimeError: no weights\nRuntimeError: no weights$/,
    );
  });

  test("is another process after an update; the old one ends", async () => {
    const pid = await pidOf();
    await putScripted();
    expect(await pidOf()).not.toBe(pid);
    expect(isRunning(pid)).toBe(false);
  });

  test("ends its process when it is deleted, and when the server stops", async () => {
    await azure.operate("PUT", `${ENDPOINT}/deployments/other`, deploymentBody(azure, "1"));
    const headers = { "azureml-model-deployment": "other" };
    const other = Number((await endpoint.score({ headers, body: wish("os.getpid()") })).body);
    const pid = await pidOf();
    await azure.operate("DELETE", `${ENDPOINT}/deployments/other`);
    await expect.poll(() => isRunning(other)).toBe(false);
    expect(isRunning(pid)).toBe(true);
    await azure.azure.close();
    expect(isRunning(pid)).toBe(false);
  });
});
