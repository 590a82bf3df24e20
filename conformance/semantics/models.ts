import assert from "node:assert/strict";
import { textAt, valueAt } from "../../driver/azureClient";
import { assertRefused, assertStatus, assertValues } from "../target/checks";
import { operationOf } from "../target/armClient";
import type { Topic } from "./semantic";
import { INTEGER_VERSION, MODELS, RECORDED_ROLLOUT, REST_WALK, SDK_ARTIFACTS, SPECIFICATION } from "./sources";
import type { Target } from "../target/target";

/** Body of a version with the files of version 1, or of a folder beside them. */
async function versionBody(target: Target, { suffix = "", ...properties }: { suffix?: string; tags?: object } = {}) {
  const { body } = await target.read(target.modelVersion("1"));
  const modelUri = `${textAt(body, "properties.modelUri")}${suffix}`;
  return { properties: { modelType: "mlflow_model", modelUri, ...properties } };
}

export const models: Topic = {
  name: "Models",
  tests: ["test/local/ml/assets/models.test.ts"],
  semantics: [
    {
      id: "model-version-at-once",
      claim: "A model version is written immediately: 201 for a new one, 200 for an existing one, no operation.",
      grade: "documented",
      sources: [SPECIFICATION],
      target: "any",
      run: async (target) => {
        const body = await versionBody(target);
        await target.arm("DELETE", target.modelVersion("3"));
        const created = await target.arm("PUT", target.modelVersion("3"), body);
        const updated = await target.arm("PUT", target.modelVersion("3"), body);
        assertStatus(created, 201);
        assertStatus(updated, 200);
        assert.equal(operationOf(updated), undefined);
      },
    },
    {
      id: "model-path-never-changes",
      claim: "The path of a version never changes: another modelUri is refused.",
      grade: "reported",
      sources: [SDK_ARTIFACTS],
      deviation: "the text is Microsoft's SDK's, status 400 and code UserError are assumed",
      target: "any",
      run: async (target) => {
        const body = await versionBody(target, { suffix: "-other" });
        assertRefused(await target.arm("PUT", target.modelVersion("1"), body));
      },
    },
    {
      id: "model-tags-change",
      claim: "Tags of a version may change.",
      grade: "documented",
      sources: [MODELS],
      target: "any",
      run: async (target) => {
        const body = await versionBody(target, { tags: { stage: "candidate" } });
        assertStatus(await target.arm("PUT", target.modelVersion("1"), body), 200);
        assertValues(await target.read(target.modelVersion("1")), { "properties.tags": { stage: "candidate" } });
      },
    },
    {
      id: "model-version-integer",
      claim: "A version is a positive whole number.",
      grade: "reported",
      sources: [INTEGER_VERSION, MODELS],
      deviation: "status and text of the refusal are assumed",
      target: "any",
      run: async (target) => {
        const body = await versionBody(target);
        for (const version of ["0", "1.0", "first"]) {
          assertRefused(await target.arm("PUT", target.modelVersion(version), body));
        }
      },
    },
    {
      id: "model-counts-versions",
      claim: "A version creates its model, which shows the numbers of its latest and next version.",
      grade: "documented",
      sources: [SPECIFICATION, REST_WALK],
      target: "any",
      run: async (target) => {
        const { body } = await target.read(target.model);
        const latest = Number(valueAt(body, "properties.latestVersion"));
        assert.ok(latest >= 2);
        assert.equal(valueAt(body, "properties.nextVersion"), String(latest + 1));
      },
    },
    {
      id: "model-version-delete",
      claim: "DELETE of a version returns 200, or 204 when it does not exist.",
      grade: "documented",
      sources: [SPECIFICATION],
      target: "any",
      run: async (target) => {
        await target.succeed("PUT", target.modelVersion("4"), await versionBody(target));
        assertStatus(await target.arm("DELETE", target.modelVersion("4")), 200);
        assertStatus(await target.arm("DELETE", target.modelVersion("4")), 204);
      },
    },
    {
      id: "default-datastore",
      claim: "A workspace has one default datastore, a blob container named after the workspace's GUID.",
      grade: "recorded",
      sources: [RECORDED_ROLLOUT, REST_WALK],
      target: "any",
      run: async (target) => {
        const { workspace } = target.connection;
        const { body } = await target.read(`${workspace}/datastores?isDefault=true`);
        const guid = textAt((await target.read(workspace)).body, "properties.workspaceId");
        const stores = valueAt(body, "value") as readonly object[];
        const named = stores.map((store) => [valueAt(store, "name"), valueAt(store, "properties.containerName")]);
        assert.deepEqual(named, [["workspaceblobstore", `azureml-blobstore-${guid}`]]);
      },
    },
    {
      id: "datastore-keeps-secrets",
      claim: "Only listSecrets returns a datastore's key.",
      grade: "documented",
      sources: [SPECIFICATION],
      target: "any",
      run: async (target) => {
        const path = `${target.connection.workspace}/datastores/workspaceblobstore`;
        const answer = await target.read(path);
        const key = textAt((await target.arm("POST", `${path}/listSecrets`)).body, "key");
        assert.ok(!JSON.stringify(answer.body).includes(key));
        assertValues(answer, { "properties.credentials.credentialsType": "AccountKey" });
      },
    },
  ],
};
