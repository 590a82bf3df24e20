import { expect, test } from "vitest";
import { checkModelFiles, unreadableVersions } from "../../../components/checks/checkModel";
import { readDeployedModels } from "../../../components/hooks/deployedModels";
import { DISK } from "../../../components/models/disk";
import { parseRollout } from "../../../components/config/rolloutValues";
import { VALID, problemsWith } from "../../support/checkedArgs";
import { linesOf } from "../../support/linesOf";
import { column, mlModelText } from "../../support/mlModelText";
import { temporaryFolder } from "../../support/temporaryFolder";

const NO_PYFUNC =
  "has no python_function flavor, which Azure's scoring script loads; save the model with MLflow's save_model or log_model";

test("a model that Azure's scoring script cannot load is refused, with its folder", () => {
  const path = temporaryFolder({ MLmodel: "flavors: { sklearn: {} }" });
  const shown = JSON.stringify(path);
  expect(linesOf(checkModelFiles({ "1": { path } }, { default: { modelVersion: "1" } }, DISK))).toEqual([
    `model.versions.1.path: MLmodel in ${shown} ${NO_PYFUNC}`,
  ]);
});

test.each<[string, object]>([
  ["no deployment runs it", { default: { modelVersion: "2" } }],
  ["an environment of its own serves it", { default: { modelVersion: "1", environmentId: "azureml://env" } }],
])("it is not when %s", (_, deployments) => {
  const path = temporaryFolder({ MLmodel: "flavors: { sklearn: {} }" });
  expect(checkModelFiles({ "1": { path }, "2": { uri: "azureml://m" } }, deployments, DISK)).toEqual([]);
});

test("versions that nothing can be uploaded of now, with what is wrong", () => {
  const NO_FLAVOUR = "flavors: { sklearn: {} }";
  const folders = {
    good: temporaryFolder({ MLmodel: mlModelText({}) }),
    empty: temporaryFolder({ "model.pkl": "" }),
    broken: temporaryFolder({ MLmodel: NO_FLAVOUR }),
  };
  const versions = {
    "1": { path: folders.good },
    "2": { path: folders.empty },
    "3": { path: folders.broken },
    "4": { path: folders.broken },
    "5": { path: `${folders.good}/none` },
    "6": { uri: "azureml://m" },
    "7": { path: "" },
    "8": { path: 8 },
  };
  const deployments = { green: { modelVersion: "3" }, own: { modelVersion: "4", environmentId: "azureml://env" } };
  const todo = "give the folder that MLflow saved the model in";
  expect(unreadableVersions(versions, deployments, DISK)).toEqual({
    "2": `${JSON.stringify(folders.empty)} has no file MLmodel; ${todo}`,
    "3": `MLmodel in ${JSON.stringify(folders.broken)} ${NO_PYFUNC}`,
    "5": `${JSON.stringify(`${folders.good}/none`)} is not a folder; ${todo}`,
  });
  expect(unreadableVersions(undefined, "green", DISK)).toEqual({});
});

test("what is known of the deployments' models: contracts of folders alone, preflights where there is something", () => {
  const inputs = [column("age", "long")];
  const path = temporaryFolder({ MLmodel: mlModelText({ inputs }) });
  const model = { name: "heart", versions: { "1": { path }, "2": { uri: "azureml://m" } } };
  const deployments = {
    bare: { modelVersion: "1" },
    own: { modelVersion: "1", environmentId: "azureml://env", acceptContract: "known" },
    far: { modelVersion: "2" },
  };
  const { model: declared, contracts, preflights } = readDeployedModels({ ...VALID, model, deployments }, DISK);
  const known = { signature: { inputs: [{ name: "age", type: "long" }] } };
  expect(contracts).toMatchObject({ bare: { contract: known }, own: { contract: known, accepted: "known" } });
  const unknown = "version 2 has no path, only models with path have their files at hand";
  expect(contracts["far"]).toEqual({ contract: undefined, unknown, accepted: undefined });
  expect(declared).toMatchObject({ name: "heart", versions: { "1": { contract: known }, "2": { unknown } } });
  expect(preflights).toEqual({
    bare: [`${path}/conda.yaml is missing: Azure builds the image from it; save the model with its requirements`],
  });
});

test("acceptContract says why, in the program or in stack config", () => {
  const { deployments, ...others } = VALID;
  const accepting = (why: unknown) => ({
    ...others,
    deployments: { ...deployments, default: { modelVersion: "1", acceptContract: why } },
  });
  expect(problemsWith(accepting("all send text"))).toEqual([]);
  expect(problemsWith(accepting(" "))).toEqual([
    "deployments.default.acceptContract: must say why callers can cope with the model, got nothing",
  ]);
  const text = JSON.stringify(accepting("all send text").deployments);
  const { values } = parseRollout((key) => (key === "deployments" ? text : undefined));
  expect(values.deployments["default"]).toEqual({ modelVersion: "1", acceptContract: "all send text" });
});
