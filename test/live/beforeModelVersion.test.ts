import { unknown } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { beforeFirstParts, beforeModelVersion } from "../../components/live/beforeModelVersion";
import type { Inputs } from "../../components/live/hookInputs";

function version(modelUri: unknown): Inputs {
  return { version: "2", properties: { modelType: "mlflow_model", modelUri } };
}

test("a registered version with other content is refused, with the version to use instead", async () => {
  const hook = beforeModelVersion({}, { oldInputs: version("azureml://a/"), newInputs: version("azureml://b/") });
  await expect(hook).rejects.toThrow(
    new Error(
      "the model version is refused before its write:\n" +
        "  - model.versions.2: its content is not what is registered; registered versions never change, declare the new " +
        "content as version 3 or later",
    ),
  );
});

test.each<[string, Inputs | undefined, Inputs]>([
  ["with the same content", version("azureml://a/"), version("azureml://a/")],
  ["that is new", undefined, version("azureml://a/")],
  ["whose content a preview does not know yet", version("azureml://a/"), { version: "2", properties: unknown }],
])("a version %s passes", async (_, oldInputs, newInputs) => {
  await expect(beforeModelVersion({}, { oldInputs, newInputs })).resolves.toBeUndefined();
});

describe("a version whose folder cannot be uploaded", () => {
  const GONE = { "2": '"models/green" is not a folder' };
  const refusal = new Error(
    "the registration of the model is refused before its write:\n" +
      '  - model.versions.2.path: "models/green" is not a folder',
  );

  test("is not registered", async () => {
    const newInputs = version("models/green");
    await expect(beforeModelVersion(GONE, { oldInputs: undefined, newInputs })).rejects.toThrow(refusal);
    await expect(
      beforeModelVersion(GONE, { oldInputs: undefined, newInputs: { ...newInputs, version: "1" } }),
    ).resolves.toBeUndefined();
  });

  test("stays when it is registered", async () => {
    const inputs = version("azureml://a/");
    await expect(beforeModelVersion(GONE, { oldInputs: inputs, newInputs: inputs })).resolves.toBeUndefined();
  });

  test("is refused with the first part of a stack, before anything is written", async () => {
    const first = "azure-native:storage:StorageAccount";
    const created = { oldInputs: undefined, newInputs: {} };
    await expect(beforeFirstParts(GONE, first, created)).rejects.toThrow(refusal);
    await expect(beforeFirstParts({}, first, created)).resolves.toBeUndefined();
    await expect(beforeFirstParts(GONE, first, { oldInputs: {}, newInputs: {} })).resolves.toBeUndefined();
    await expect(beforeFirstParts(GONE, "azure-native:monitor:MetricAlert", created)).resolves.toBeUndefined();
  });
});
