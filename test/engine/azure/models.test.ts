import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ModelVersionArgs } from "../../../components";
import { AdoptedHeart, bodiesAt } from "../../support/adoptedHeart";
import { GROUP, armIdOf } from "../../../driver/heartWorkspace";
import { injectFaults } from "../../../driver/faults";
import { writesOf } from "../../support/rehearsal";
import { temporaryFolder } from "../../support/temporaryFolder";
import { MODELS } from "../../../driver/paths";

const [BLUE, GREEN] = [join(MODELS, "blue"), join(MODELS, "green")];
const JOB = "azureml://jobs/train-1/outputs/artifacts/paths/model";
const FOLDER = { uri: "azureml://datastores/workspaceblobstore/paths/models/2" };
const REGISTERED = { id: "azureml:heart-classifier:2" };

let heart: AdoptedHeart;
beforeAll(async () => {
  heart = await AdoptedHeart.start();
  heart.declare({ deployments: { default: { modelVersion: "11" } }, traffic: { default: 100 } });
});
afterAll(() => heart.close());

const declareVersions = (versions: Readonly<Record<string, ModelVersionArgs>>) =>
  heart.declare({ model: { name: "heart-classifier", existing: true, versions } });
/** The numbers of the versions that Azure lists, without the archived ones. */
const listed = async () => {
  const versions = await heart.rehearsal.resources("/models/versions");
  return versions.filter(({ properties }) => !isArchived(properties)).map(({ name }) => name);
};
const isArchived = (properties: unknown) => (properties as { readonly isArchived: boolean }).isArchived;

test("each source is registered with the URI that Azure Resource Manager takes", async () => {
  declareVersions({
    "11": { path: BLUE },
    "12": { path: GREEN },
    "13": { uri: JOB },
    "14": { uri: "runs:/4f1c/model" },
    "15": FOLDER,
    "16": REGISTERED,
  });
  const trace = await heart.up();
  const workspace = `azureml:/${armIdOf(heart.rehearsal.azure, GROUP)}/workspaces/heart`;
  const body = (modelUri: unknown) => ({
    properties: { modelType: "mlflow_model", modelUri, isAnonymous: false, isArchived: false },
  });
  const folder = expect.stringMatching(
    new RegExp(`^${workspace}/datastores/workspaceblobstore/paths/mlflow-models/heart-classifier/[0-9a-f]{16}/$`),
  );
  expect(["11", "12", "13", "14", "15", "16"].map((version) => bodiesAt(trace, `/versions/${version}`))).toEqual([
    [body(folder)],
    [body(folder)],
    [body(JOB)],
    [body("runs:/4f1c/model")],
    [body(`${workspace}/datastores/workspaceblobstore/paths/models/2`)],
    [],
  ]);
});

test("a folder of a datastore and a version by its short id can be deployed", async () => {
  heart.declare({
    deployments: {
      default: { modelVersion: "11" },
      folder: { modelVersion: "15" },
      registered: { modelVersion: "16" },
    },
    traffic: { default: 100 },
  });
  expect(writesOf(await heart.up())).toEqual([
    "PUT onlineEndpoints/deployments",
    "PUT onlineEndpoints/deployments",
    "PUT deployments",
    "PUT onlineEndpoints via",
  ]);
});

test("the same content uploads nothing and keeps its version, in whatever folder", async () => {
  const copy = temporaryFolder({});
  cpSync(BLUE, copy, { recursive: true });
  declareVersions({ "11": { path: copy }, "12": { path: GREEN }, "15": FOLDER, "16": REGISTERED });
  const trace = await heart.rehearsal.azure.trace();
  expect(await heart.up()).toEqual([]);
  const since = await heart.rehearsal.azure.trace(`since=${trace.at(-1)?.seq ?? 0}`);
  expect(since.filter(({ kind, method }) => kind === "blob" && method === "PUT")).toEqual([]);
});

test("what is registered takes one request, and one for each version where Azure refuses the list", async () => {
  const reads = async () => {
    const trace = await heart.rehearsal.armTrace(() => heart.rehearsal.stack.preview());
    const asked = trace.flatMap(({ path }) => /\/models\/[^/]+\/(versions(?:\/\d+)?)$/.exec(path)?.[1] ?? []);
    return asked.toSorted();
  };
  expect(await reads()).toEqual(["versions"]);
  const denied = { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } };
  await injectFaults(heart.rehearsal.azure, { match: "^GET .*/versions$", effect: { http: denied } });
  expect(await reads()).toEqual(["versions", ...["11", "12", "15"].map((version) => `versions/${version}`)]);
});

test("versions that left the program stay registered", async () => {
  expect(await listed()).toEqual(expect.arrayContaining(["11", "12", "13", "14", "15"]));
});

test("other content under a registered version is refused at preview, with the cure", async () => {
  declareVersions({ "11": { path: GREEN }, "15": FOLDER, "16": REGISTERED });
  const writes = await heart.rehearsal.armTrace(() =>
    expect(heart.rehearsal.stack.preview()).rejects.toThrow(
      "model.versions.11: its content is not what is registered; registered versions never change, declare the new content as version 17 or later",
    ),
  );
  expect(writesOf(writes)).toEqual([]);
});

test("an archived version leaves the lists and comes back, and nothing else changes", async () => {
  const versions = (archived: boolean) => ({ "11": { path: BLUE }, "12": { path: GREEN, archived } });
  heart.declare({ deployments: { default: { modelVersion: "11" } } });
  declareVersions(versions(false));
  await heart.up();
  declareVersions(versions(true));
  expect(writesOf(await heart.up())).toEqual(["PUT models/versions"]);
  expect(await listed()).not.toContain("12");
  declareVersions(versions(false));
  expect(writesOf(await heart.up())).toEqual(["PUT models/versions"]);
  expect(await listed()).toContain("12");
});

test("a destroy leaves every version and its files in an adopted workspace", async () => {
  const before = await listed();
  expect(writesOf(await heart.destroy()).filter((write) => /models|datastores|containers/.test(write))).toEqual([]);
  expect(await listed()).toEqual(before);
  const blobs = await heart.rehearsal.azure.trace("kind=blob");
  expect(blobs.filter(({ method }) => method === "DELETE")).toEqual([]);
});
