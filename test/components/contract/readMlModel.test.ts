import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { compareContracts } from "../../../components/contract/compareContracts";
import { MlModelError, readMlModel } from "../../../components/contract/modelContract";
import { MODELS } from "../../support/modelFiles";

test("the file that MLflow wrote for the example", () => {
  const { signature, ...model } = readMlModel(readFileSync(join(MODELS, "blue", "MLmodel"), "utf8"));
  expect(model).toEqual({ flavours: ["onnx", "sklearn"], pythonVersion: "3.11.7", condaFile: "conda.yaml" });
  expect(signature?.inputs?.map(({ name, type }) => `${name} ${type}`)).toEqual([
    ...["age", "sex", "cp", "trestbps", "chol", "fbs", "restecg", "thalach", "exang"].map((name) => `${name} long`),
    ...["oldpeak double", "slope long", "ca long", "thal string"],
  ]);
  expect(signature?.outputs).toEqual([{ name: undefined, type: "int64", required: true, shape: [-1] }]);
  expect(signature?.params).toEqual([]);
});

test.each([
  ["the form before MLflow 2", "flavors: { python_function: { env: conda.yaml, python_version: 3.10 } }", "3.10"],
  ["no version of Python", "flavors: { python_function: { env: { conda: conda.yaml } } }", undefined],
])("%s", (_, text, pythonVersion) => {
  const model = readMlModel(text);
  expect(model).toEqual({ flavours: [], pythonVersion, condaFile: "conda.yaml", signature: undefined });
});

test.each([
  [
    "",
    "has no python_function flavor, which Azure's scoring script loads; save the model with MLflow's save_model or log_model",
  ],
  [
    "flavors: { sklearn: {} }",
    "has no python_function flavor, which Azure's scoring script loads; save the model with MLflow's save_model or log_model",
  ],
  [
    "flavors: [",
    "is not YAML (Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 11); save the model again",
  ],
])("%j is refused", (text, message) => {
  expect(() => readMlModel(text)).toThrow(new MlModelError(message));
});

property.prop([fc.jsonValue(), fc.jsonValue(), fc.jsonValue()])(
  "whatever a signature holds, it is read and differs from itself in nothing",
  (inputs, outputs, params) => {
    const signature = {
      inputs: JSON.stringify(inputs),
      outputs: JSON.stringify(outputs),
      params: JSON.stringify(params),
    };
    const model = readMlModel(JSON.stringify({ flavors: { python_function: {} }, signature }));
    expect(compareContracts(model, model)).toEqual([]);
  },
);
