import { describe, expect, test } from "vitest";
import { preflight } from "../../../components/contract/preflight";
import { readMlModel } from "../../../components/contract/modelContract";
import { column, mlModelText } from "../../support/mlModelText";

const GOOD = ["azureml-inference-server-http", "azureml-ai-monitoring", "mlflow==3.17.2", "pandas==2.3.3"];
const NUMBERS = [column("age", "long")];
const TEXT = [column("thal", "string")];

function condaText(pip: readonly string[], conda: readonly string[] = ["python=3.11.7", "pip<=23.2.1"]): string {
  return JSON.stringify({ channels: ["conda-forge"], dependencies: [...conda, { pip }], name: "mlflow-env" });
}

/** What is said of a model with these inputs and files. */
function linesFor(files: Readonly<Record<string, string>>, inputs: readonly object[] | undefined = NUMBERS) {
  return preflight(readMlModel(mlModelText({ ...(inputs.length > 0 && { inputs }) })), (path) => files[path]);
}

describe("nothing is said of", () => {
  test.each<[string, readonly string[], readonly object[]]>([
    ["a model with all that it needs", GOOD, TEXT],
    [
      "packages in other spellings",
      ["AzureML_Inference.Server-HTTP>=1", "azureml-ai-monitoring", "mlflow<3,>=2.1"],
      NUMBERS,
    ],
    ["pandas below 3 by a bound", [...GOOD.slice(0, 3), "pandas>=2,<3"], TEXT],
    ["pandas 2 by a compatible version", [...GOOD.slice(0, 3), "pandas~=2.1"], TEXT],
  ])("%s", (_, pip, inputs) => {
    expect(linesFor({ "conda.yaml": condaText(pip) }, inputs)).toEqual([]);
  });

  test("packages that a requirements file has", () => {
    const files = {
      "conda.yaml": condaText(["-r requirements.txt"]),
      "requirements.txt": `# made\n${GOOD.join("\n")}\n`,
    };
    expect(linesFor(files, TEXT)).toEqual([]);
  });
});

const SERVER =
  "conda.yaml has no azureml-inference-server-http: Azure's scoring script needs it and the container may not start; add it to pip";
const TYPE = "pandas 3 reads text columns as a type that older models do not accept; use pandas<3";
const PYTHON = "azureml-inference-server-http is made for 3.9 to 3.12; train the model with one of them";

test.each<[string, readonly string[], readonly object[], readonly string[] | undefined, readonly string[]]>([
  ["no inference server", GOOD.slice(1), NUMBERS, undefined, [SERVER]],
  [
    "mlflow without a version",
    [...GOOD.slice(0, 2), "mlflow"],
    NUMBERS,
    undefined,
    ["conda.yaml has mlflow without a version: a later build gets another one; pin the version that saved the model"],
  ],
  [
    "no mlflow",
    [...GOOD.slice(0, 2), "pandas==2.3.3"],
    NUMBERS,
    undefined,
    ["conda.yaml has no mlflow: the model cannot be loaded; add the version that saved it"],
  ],
  [
    "mlflow-skinny without pandas",
    [...GOOD.slice(0, 2), "mlflow-skinny==3.17.2"],
    NUMBERS,
    undefined,
    ["conda.yaml has no pandas: requests with columns cannot be read; add pandas<3"],
  ],
  [
    "text and pandas of mlflow's choice",
    GOOD.slice(0, 3),
    TEXT,
    undefined,
    [`conda.yaml does not pin pandas: ${TYPE}`],
  ],
  ["text and pandas 3", [...GOOD.slice(0, 3), "pandas>=2"], TEXT, undefined, [`conda.yaml has pandas>=2: ${TYPE}`]],
  ["an old Python", GOOD, NUMBERS, ["python=3.8.5"], [`conda.yaml has python=3.8.5: ${PYTHON}`]],
  ["a new Python", GOOD, NUMBERS, ["conda-forge::python==3.13"], [`conda.yaml has python=3.13: ${PYTHON}`]],
  [
    "no Python",
    GOOD,
    NUMBERS,
    ["pip"],
    ["conda.yaml has no version of python: the image has another one than the model was tested with; add python=3.11"],
  ],
  [
    "no signature",
    GOOD,
    [],
    undefined,
    ["MLmodel has no signature: requests are not checked and there is no swagger; save the model with a signature"],
  ],
])("%s", (_, pip, inputs, conda, expected) => {
  expect(linesFor({ "conda.yaml": condaText(pip, conda) }, inputs)).toEqual(expected);
});

test.each([
  [{}, "is missing"],
  [{ "conda.yaml": "name: env" }, "has no dependencies"],
  [{ "conda.yaml": "dependencies: [" }, "has no dependencies"],
])("a conda file %j", (files, what) => {
  expect(linesFor(files)).toEqual([
    `conda.yaml ${what}: Azure builds the image from it; save the model with its requirements`,
  ]);
});
