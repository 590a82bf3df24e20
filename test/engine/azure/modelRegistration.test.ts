import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ModelVersionArgs, ProgressiveMlflowEndpointArgs } from "../../../components";
import { AdoptedHeart } from "../../support/adoptedHeart";
import { PAIRS, changedMlModel } from "../../support/contractPairs";
import { WORKSPACE, defaultContainer, armIdOf } from "../../../driver/heartWorkspace";
import { valueAt } from "../../support/localAzure";
import { MODELS } from "../../support/modelFiles";
import { writesOf } from "../../support/rehearsal";
import { temporaryFolder } from "../../support/temporaryFolder";

const [BLUE, GREEN] = [join(MODELS, "blue"), join(MODELS, "green")];
const MODEL = `${WORKSPACE}/models/heart-classifier`;
const ONE: Partial<ProgressiveMlflowEndpointArgs> = {
  deployments: { default: { modelVersion: "11" } },
  traffic: { default: 100 },
};

let heart: AdoptedHeart;
beforeAll(async () => {
  heart = await AdoptedHeart.start();
  heart.declare(ONE);
  declareVersions({ "11": { path: BLUE }, "12": { path: GREEN } });
  await heart.up();
});
afterAll(() => heart.close());

function declareVersions(versions: Readonly<Record<string, ModelVersionArgs>>): void {
  heart.declare({ model: { name: "heart-classifier", versions } });
}

const azureOf = () => heart.rehearsal.azure;
const propertiesOf = async (version: string) =>
  valueAt((await azureOf().arm("GET", `${MODEL}/versions/${version}`)).body, "properties") as Readonly<
    Record<string, unknown>
  >;

/** What a run says, whether it passed or not, and what it wrote. */
async function said(run: () => Promise<{ readonly text: string }>) {
  let text = "";
  const trace = await heart.rehearsal.armTrace(async () => {
    text = await run().then(
      (result) => result.text,
      (error: Error) => error.message,
    );
  });
  return { text, writes: writesOf(trace) };
}
const up = () => said(() => heart.rehearsal.stack.up());
const preview = () => said(() => heart.rehearsal.stack.preview());

test("a preview says what it would send, and how much of it is there", async () => {
  const half = temporaryFolder({ MLmodel: changedMlModel((columns) => columns), "conda.yaml": "dependencies: []\n" });
  declareVersions({ "11": { path: BLUE }, "12": { path: GREEN }, "13": { path: half } });
  const { text, writes } = await preview();
  expect(text).toMatch(
    /model 13: 2 files, 1\.\d kB, to workspaceblobstore\/mlflow-models\/heart-classifier\/[0-9a-f]{16}; already there: 0\n/,
  );
  expect(text).not.toMatch(/model 1[12]:/);
  expect(writes).toEqual([]);
});

test("a version that comes back is registered already: it joins the state, and nothing is written", async () => {
  declareVersions({ "11": { path: BLUE } });
  await heart.up();
  declareVersions({ "11": { path: BLUE }, "12": { path: GREEN } });
  const { text, writes } = await up();
  expect(writes).toEqual([]);
  expect(text).toMatch(/heart-model-12 import/);
  expect((await up()).text).toContain("unchanged");
});

test("what others set on a version stays when it is archived and brought back", async () => {
  const before = await propertiesOf("12");
  const others = { tags: { reviewed: "yes" }, stage: "Production", description: "by hand" };
  await azureOf().arm("PUT", `${MODEL}/versions/12`, { properties: { ...before, ...others } });
  for (const archived of [true, false]) {
    declareVersions({ "11": { path: BLUE }, "12": { path: GREEN, archived } });
    expect((await up()).writes).toEqual(["PUT models/versions"]);
    expect(await propertiesOf("12")).toMatchObject({ ...others, isArchived: archived, modelUri: before["modelUri"] });
  }
});

test("a version that comes back with another word on its archiving is put right in the same update", async () => {
  declareVersions({ "11": { path: BLUE } });
  await heart.up();
  declareVersions({ "11": { path: BLUE }, "12": { path: GREEN, archived: true } });
  await heart.up();
  expect(await propertiesOf("12")).toMatchObject({ isArchived: true, tags: { reviewed: "yes" } });
  declareVersions({ "11": { path: BLUE }, "12": { path: GREEN } });
  await heart.up();
});

test("a version that somebody archives while a deployment runs it is seen, and a refresh brings it back", async () => {
  const properties = await propertiesOf("11");
  await azureOf().arm("PUT", `${MODEL}/versions/11`, { properties: { ...properties, isArchived: true } });
  expect((await preview()).text).toContain(
    'model version 11 is archived in Azure while it runs in default; what this update does not write is put right by "pulumi up --refresh"',
  );
  await heart.rehearsal.stack.refresh();
  expect((await up()).writes).toEqual(["PUT models/versions"]);
  expect(await propertiesOf("11")).toMatchObject({ isArchived: false });
});

test("a version that somebody deletes while a deployment runs it is seen, and a refresh registers it again", async () => {
  const { modelUri } = await propertiesOf("11");
  await azureOf().arm("DELETE", `${MODEL}/versions/11`);
  expect((await preview()).text).toContain(
    "model version 11 is not registered in Azure any more while it runs in default, and a new machine cannot download it;",
  );
  await heart.rehearsal.stack.refresh();
  const { text, writes } = await up();
  expect(writes).toEqual(["PUT models/versions"]);
  expect(text).toMatch(/model 11: \d+ files, .*; already there: \d+\n/);
  expect(await propertiesOf("11")).toMatchObject({ modelUri });
});

test("on the way back, a changed folder of a registered version is told and not refused", async () => {
  heart.declare({
    deployments: { default: { modelVersion: "11" }, green: { modelVersion: "12" } },
    traffic: { default: 100, green: 0 },
  });
  await heart.up();
  heart.declare({ traffic: { default: 50, green: 50 } });
  await heart.up();
  heart.declare({ traffic: { default: 100, green: 0 } });
  declareVersions({ "11": { path: BLUE }, "12": { path: BLUE } });
  const { text, writes } = await up();
  expect(writes).toEqual(["PUT deployments", "PUT onlineEndpoints via"]);
  expect(text).toContain("model.versions.12: its content is not what is registered; it stays as it is registered");
  declareVersions({ "11": { path: BLUE }, "12": { path: GREEN } });
});

test("a candidate by uri or id is compared by the MLmodel in its datastore", async () => {
  const [, , , retyped] = PAIRS;
  const container = await defaultContainer(azureOf());
  const text = changedMlModel(retyped?.inputs ?? ((columns) => columns));
  await container.getBlockBlobClient("training/text/MLmodel").uploadData(Buffer.from(text));
  const uri = "azureml://datastores/workspaceblobstore/paths/training/text";
  await azureOf().arm("PUT", `${MODEL}/versions/14`, {
    properties: { modelType: "mlflow_model", modelUri: `${uri}/` },
  });
  const sources: readonly (readonly [string, ModelVersionArgs])[] = [
    ["13", { uri }],
    ["14", { id: armIdOf(azureOf(), `${MODEL}/versions/14`) }],
  ];
  for (const [version, source] of sources) {
    declareVersions({ "11": { path: BLUE }, "12": { path: GREEN }, [version]: source });
    heart.declare({
      deployments: { default: { modelVersion: "11" }, green: { modelVersion: "12" }, text: { modelVersion: version } },
      traffic: { default: 90, green: 0, text: 10 },
      policy: { maxInitialWeight: 10 },
    });
    expect((await preview()).text).toContain("traffic.text: breaks callers of default: input age is long -> string");
  }
});

test("one whose files are in no datastore is not compared, and the preview says why", async () => {
  declareVersions({ "11": { path: BLUE }, "12": { path: GREEN }, "13": { uri: "runs:/4f1c/model" } });
  heart.declare({
    deployments: { default: { modelVersion: "11" }, green: { modelVersion: "12" }, text: { modelVersion: "13" } },
  });
  expect((await preview()).text).toContain(
    "contract default -> text is not compared: the files of the model of text are at runs:/4f1c/model, which is not a folder of a datastore",
  );
});
