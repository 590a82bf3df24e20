import { unknown } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { beforeModelVersion } from "../../components/live/beforeModelVersion";
import type { Inputs } from "../../components/live/hookInputs";

function version(modelUri: unknown): Inputs {
  return { version: "2", properties: { modelType: "mlflow_model", modelUri } };
}

test("a registered version with other content is refused, with the version to use instead", async () => {
  const hook = beforeModelVersion({ oldInputs: version("azureml://a/"), newInputs: version("azureml://b/") });
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
  await expect(beforeModelVersion({ oldInputs, newInputs })).resolves.toBeUndefined();
});
