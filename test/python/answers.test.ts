import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WITHOUT_ROWS, hasHeartRows, readHeartRows } from "../support/heartRows";
import type { Frame } from "../support/heartRows";
import {
  ENDPOINT,
  EXPECTED_ANSWERS,
  SAMPLE_REQUEST,
  createHeartEndpoint,
  deploymentBody,
} from "../../driver/heartWorkspace";
import { TestAzure, textAt } from "../support/localAzure";
import { MODELS, registerFiles, withoutOnnx } from "../support/modelFiles";
import { PYTHON, WITHOUT_PYTHON, hasPython, runPython } from "../support/python";
import { Scoring } from "../../driver/scoring";
import { temporaryFolder } from "../support/temporaryFolder";

const NAMES = ["blue", "green"] as const;
const SAMPLE = (JSON.parse(SAMPLE_REQUEST) as { input_data: Frame }).input_data;
const FORMS = {
  "a frame": SAMPLE,
  "a frame without an index": { columns: SAMPLE.columns, data: SAMPLE.data },
  "a list of rows": SAMPLE.data,
  "named columns": Object.fromEntries(SAMPLE.columns.map((name, at) => [name, SAMPLE.data.map((row) => row[at])])),
};

describe.skipIf(!hasPython)(`real MLflow${WITHOUT_PYTHON}`, () => {
  let azure: TestAzure;
  let endpoint: Scoring;
  const answersOf = async (deployment: string, input: unknown): Promise<unknown> => {
    const headers = { "azureml-model-deployment": deployment };
    return (await endpoint.score({ headers, body: { input_data: input } })).body;
  };
  /** What a Python program gets from the model folders as they are committed. */
  const answersOfMlflow = async ({ columns, data }: Frame): Promise<unknown> => {
    const folder = temporaryFolder({ "frame.json": JSON.stringify({ columns, data }) });
    const folders = NAMES.map((name) => join(MODELS, name));
    return JSON.parse(await runPython(join(__dirname, "predict.py"), join(folder, "frame.json"), ...folders));
  };

  beforeAll(async () => {
    azure = await TestAzure.start({ python: PYTHON });
    await createHeartEndpoint(azure);
    for (const [index, name] of NAMES.entries()) {
      await registerFiles(azure, `${index + 3}`, withoutOnnx(name));
      await azure.operate("PUT", `${ENDPOINT}/deployments/${name}-python`, deploymentBody(azure, `${index + 3}`));
    }
    endpoint = await Scoring.of(azure);
  }, 180_000);
  afterAll(() => azure.close());

  test("loads the committed models and gives the recorded answers to the sample request", async () => {
    expect(await answersOfMlflow(SAMPLE)).toEqual(NAMES.map((name) => EXPECTED_ANSWERS[name]));
  });

  test.skipIf(!hasHeartRows)(
    `gives the answers of the local endpoint on every row of the data, with and without an onnx flavour${WITHOUT_ROWS}`,
    async () => {
      const rows = readHeartRows();
      const expected = await answersOfMlflow(rows);
      expect(expected).toEqual([expect.objectContaining({ length: 303 }), expect.objectContaining({ length: 303 })]);
      for (const suffix of ["", "-python"]) {
        expect(await Promise.all(NAMES.map((name) => answersOf(`${name}${suffix}`, rows)))).toEqual(expected);
      }
    },
  );

  test.each(Object.entries(FORMS))("takes %s, for a model without an onnx flavour too", async (_, input) => {
    for (const name of NAMES) expect(await answersOf(`${name}-python`, input)).toEqual(EXPECTED_ANSWERS[name]);
  });

  test("tells in the container's log what MLflow writes while it loads a model", async () => {
    const { body } = await azure.arm("POST", `${ENDPOINT}/deployments/blue-python/getLogs`, {});
    expect(textAt(body, "content")).toMatch(/WARNING mlflow.*\n[^]*\nmodel loaded from azureml:/);
  });

  test("is given only what the signature takes: what it refuses reads the same in the log of either container", async () => {
    const input = { ...SAMPLE, data: SAMPLE.data.map((row) => row.with(0, "old")) };
    const logs = [];
    for (const name of ["blue", "blue-python"]) {
      const headers = { "azureml-model-deployment": name };
      expect(await endpoint.score({ headers, body: { input_data: input } })).toMatchObject({
        status: 424,
        headers: { "ms-azureml-model-error-statuscode": "500" },
      });
      const { body } = await azure.arm("POST", `${ENDPOINT}/deployments/${name}/getLogs`, { tail: 2 });
      logs.push(textAt(body, "content").split("\n")[0]);
    }
    const refused = "Incompatible input types for column age. Can not safely convert string to long.";
    expect(logs).toEqual([`Encountered Exception: ${refused}`, `Encountered Exception: ${refused}`]);
  });
});
