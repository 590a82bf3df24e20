import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test, vi } from "vitest";
import { beforeFirstParts, beforeModelVersion } from "../../../components/hooks/modelVersion";
import type { Inputs } from "../../../components/hooks/hookInputs";
import type { ModelStores } from "../../../components/azure/modelStores";
import type { VersionFacts } from "../../../components/azure/modelVersions";
import { rollout } from "../../support/hooks";
import type { Answers } from "../../support/mockedAzure";

const INPUTS: Inputs = { name: "heart-classifier", version: "2", properties: { modelUri: "azureml://b/" } };
const CREATED = { oldInputs: undefined, newInputs: INPUTS };
const UPDATED = { oldInputs: INPUTS, newInputs: INPUTS };
const OURS = "azureml://datastores/workspaceblobstore/paths/mlflow-models/heart-classifier/0123456789abcdef/";
const FOLDER = { files: [], bytes: 12_400_000, contentName: "0123456789abcdef" };

/** A workspace whose storage says why it cannot be read. */
function place(problem: string) {
  const stores = {
    defaultName: () => Promise.resolve("workspaceblobstore"),
    store: () => Promise.reject(new Error(problem)),
  } as unknown as ModelStores;
  return { workspace: { resourceGroupName: "rg-heart", workspaceName: "ws-1" }, stores, uploads: new Map() };
}

function registered(modelUri: string) {
  return { id: "/versions/2", modelUri, isArchived: false, kept: {} };
}

function conflict(modelUri: string): VersionFacts {
  return { plan: { what: "conflict", registered: registered(modelUri) }, place: place("") };
}

async function hook(
  facts: VersionFacts,
  inputs: typeof CREATED | typeof UPDATED,
  answers: Answers = {},
  preview = false,
) {
  const { context, run } = await rollout({ traffic: {}, answers, preview });
  await run.settled();
  context.modelVersions.set("2", Promise.resolve(facts));
  return beforeModelVersion(context, inputs);
}

const refused = (reason: string) =>
  new Error(`the registration of the model is refused before its write:\n  - model.versions.2${reason}`);

test("other content under a registered version is refused, with the next free version", async () => {
  const never =
    ": its content is not what is registered; registered versions never change, declare the new content as version";
  await expect(hook(conflict(OURS), UPDATED)).rejects.toThrow(refused(`${never} 2 or later`));
  const answers = { getModelContainer: { properties: { latestVersion: "7" } } };
  await expect(hook(conflict(OURS), UPDATED, answers)).rejects.toThrow(refused(`${never} 8 or later`));
});

test("a folder under a version that somebody has registered from elsewhere is refused, with both ways", async () => {
  const reason =
    ': it is registered already, from "azureml://jobs/train-1/outputs/o/paths/m"; registered versions never change, ' +
    "give it as id azureml:heart-classifier:2, or declare the new content as version 2 or later";
  await expect(hook(conflict("azureml://jobs/train-1/outputs/o/paths/m"), CREATED)).rejects.toThrow(refused(reason));
});

test.each<[string, VersionFacts]>([
  ["that is registered with the same content", { plan: { what: "keep", registered: registered(OURS) } }],
  ["that is only archived", { plan: { what: "archive", registered: registered(OURS) } }],
  ["by its URI", { plan: { what: "register" } }],
])("a version %s passes", async (_, facts) => {
  await expect(hook(facts, CREATED)).resolves.toBeUndefined();
});

test("a version that Azure says nothing of is refused", async () => {
  const reason = ': Azure does not say whether it is registered: Status=500; correct that, then run "pulumi up" again';
  await expect(hook({ unread: "Status=500" }, CREATED)).rejects.toThrow(refused(reason));
});

describe("files that cannot be sent", () => {
  const facts: VersionFacts = { folder: FOLDER, plan: { what: "register" }, place: place("datastore d: no role") };

  test("are refused by an update", async () => {
    await expect(hook(facts, CREATED)).rejects.toThrow(refused(".path: datastore d: no role"));
  });

  test("are only told by a preview", async () => {
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
    await hook(facts, CREATED, {}, true);
    expect(warn.mock.calls[0]?.[0]).toBe(
      "model 2: 0 files, 12.4 MB, to the default datastore of the workspace; what is there already is not known: datastore d: no role",
    );
  });
});

test("a preview that does not know the workspace yet says what it will send", async () => {
  const info = vi.spyOn(pulumi.log, "info").mockResolvedValue();
  await hook({ folder: FOLDER }, CREATED, {}, true);
  expect(info.mock.calls[0]?.[0]).toBe("model 2: 0 files, 12.4 MB, to the default datastore of the workspace");
});

describe("a version whose folder cannot be uploaded", () => {
  const problem = '"models/green" is not a folder';
  const refusal = refused('.path: "models/green" is not a folder');

  test("is not registered", async () => {
    await expect(hook({ problem, plan: { what: "register" } }, CREATED)).rejects.toThrow(refusal);
  });

  test("stays when it is registered", async () => {
    await expect(hook({ problem, plan: { what: "register" } }, UPDATED)).resolves.toBeUndefined();
  });

  test("is refused with the first part of a stack, before anything is written", async () => {
    const first = "azure-native:storage:StorageAccount";
    const created = { oldInputs: undefined, newInputs: {} };
    const gone = { "2": Promise.resolve({ problem }) };
    await expect(beforeFirstParts(gone, first, created)).rejects.toThrow(refusal);
    await expect(beforeFirstParts({}, first, created)).resolves.toBeUndefined();
    await expect(beforeFirstParts(gone, first, { oldInputs: {}, newInputs: {} })).resolves.toBeUndefined();
    await expect(beforeFirstParts(gone, "azure-native:monitor:MetricAlert", created)).resolves.toBeUndefined();
  });
});
