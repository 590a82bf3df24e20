import assert from "node:assert/strict";
import { textAt, valueAt } from "../../driver/azureClient";
import { assertRefused, assertStatus, assertValues } from "../target/checks";
import type { Topic } from "./semantic";
import { ARM_NO_PARENT, CONTAINER_CRASH, PROGRESSIVE, QUOTAS, RECORDED_ROLLOUT, TROUBLESHOOTING } from "./sources";
import type { Target } from "../target/target";

/** Id of a new endpoint. */
async function newEndpoint(target: Target): Promise<string> {
  const endpoint = target.spareEndpoint();
  await target.succeed("PUT", endpoint, target.endpointBody());
  return endpoint;
}

/** Registers a version without files, with which no container starts. */
async function registerEmpty(target: Target): Promise<string> {
  const uri = textAt((await target.read(target.modelVersion("1"))).body, "properties.modelUri");
  const properties = { modelType: "mlflow_model", modelUri: `${uri}-without-files` };
  await target.succeed("PUT", target.modelVersion("90"), { properties });
  return "90";
}

/** Registers the files of version 1 through another datastore of the same container. */
async function registerElsewhere(target: Target): Promise<string> {
  const { workspace } = target.connection;
  const { body: stores } = await target.read(`${workspace}/datastores?isDefault=true`);
  const [accountName, containerName] = ["accountName", "containerName"].map((name) =>
    textAt(stores, `value.0.properties.${name}`),
  );
  const credentials = { credentialsType: "None" };
  const datastore = { datastoreType: "AzureBlob", accountName, containerName, credentials };
  await target.succeed("PUT", `${workspace}/datastores/elsewhere`, { properties: datastore });
  const uri = textAt((await target.read(target.modelVersion("1"))).body, "properties.modelUri");
  const modelUri = uri.replace(/\/datastores\/[^/]+/, "/datastores/elsewhere");
  await target.succeed("PUT", target.modelVersion("91"), { properties: { modelType: "mlflow_model", modelUri } });
  return "91";
}

export const deployments: Topic = {
  name: "Creating deployments",
  tests: ["test/local/ml/deployments/handlers.test.ts"],
  semantics: [
    {
      id: "deployment-create",
      claim: "A PUT that creates a deployment returns 201 with the state Updating, not Creating.",
      grade: "recorded",
      sources: [RECORDED_ROLLOUT],
      target: "any",
      run: ({ creation: { deployment } }) => {
        assertStatus(deployment, 201);
        assertValues(deployment, { "properties.provisioningState": "Updating" });
      },
    },
    {
      id: "deployment-of-mlflow-model",
      claim: "A deployment of an MLflow model needs neither an environment nor a scoring script.",
      grade: "documented",
      sources: [PROGRESSIVE],
      target: "any",
      run: async (target) => {
        const answer = await target.read(target.deployment("blue"));
        assertValues(answer, { "properties.provisioningState": "Succeeded" });
        assert.equal(valueAt(answer.body, "properties.codeConfiguration") ?? null, null);
        assertStatus(await target.score(), 200);
      },
    },
    {
      id: "deployment-defaults",
      claim: "The service fills in request settings, probes, scale settings and the size of the deployment.",
      grade: "recorded",
      sources: [RECORDED_ROLLOUT],
      deviation: "maxQueueWait is the specification's PT0.5S; the recording has PT0S",
      target: "any",
      run: async (target) =>
        assertValues(await target.read(target.deployment("blue")), {
          kind: "Managed",
          sku: { name: "Default", tier: "Standard", capacity: 1 },
          "properties.requestSettings.requestTimeout": "PT5S",
          "properties.requestSettings.maxConcurrentRequestsPerInstance": 1,
          "properties.livenessProbe.failureThreshold": 30,
          "properties.readinessProbe.period": "PT10S",
          "properties.scaleSettings.scaleType": "Default",
          "properties.appInsightsEnabled": false,
        }),
    },
    {
      id: "deployment-names",
      claim: "A deployment's name follows the rule of endpoint names.",
      grade: "documented",
      sources: [QUOTAS],
      target: "any",
      run: async (target) => {
        for (const name of ["ab", "1blue", "blue-", "bl_ue", "a".repeat(33)]) {
          assertRefused(await target.arm("PUT", target.deployment(name), target.deploymentBody("1")));
        }
      },
    },
    {
      id: "deployment-needs-endpoint",
      claim: "A deployment of an endpoint that does not exist is refused with 404 ParentResourceNotFound.",
      grade: "documented",
      sources: [ARM_NO_PARENT],
      target: "any",
      run: async (target) => {
        const path = target.deployment("blue", target.spareEndpoint());
        const answer = await target.arm("PUT", path, target.deploymentBody("1"));
        assertStatus(answer, 404);
        assertValues(answer, { "error.code": "ParentResourceNotFound" });
      },
    },
    {
      id: "deployment-of-unknown-model",
      claim: "A deployment of a model version that is not registered is refused.",
      grade: "documented",
      sources: [PROGRESSIVE],
      deviation: "that the PUT itself is refused, and not its operation, is assumed",
      target: "local",
      run: async (target) => {
        assertRefused(await target.arm("PUT", target.deployment("red"), target.deploymentBody("80")));
        assertStatus(await target.arm("GET", target.deployment("red")), 404);
      },
    },
    {
      id: "deployment-failed",
      claim:
        "When the container does not start, the operation fails with ResourceNotReady; the deployment stays, Failed.",
      grade: "reported",
      sources: [CONTAINER_CRASH, TROUBLESHOOTING],
      target: "local",
      run: async (target) => {
        const failed = target.deployment("failed", await newEndpoint(target));
        const end = await target.operate("PUT", failed, target.deploymentBody(await registerEmpty(target)));
        assertValues(end, { status: "Failed", "error.code": "ResourceNotReady" });
        assertValues(await target.read(failed), { "properties.provisioningState": "Failed" });
      },
    },
    {
      id: "deployment-failed-recovers",
      claim: "A PUT restarts a failed deployment.",
      grade: "assumed",
      sources: [],
      deviation: "not documented; the other reading is failedDeploymentStays: true",
      target: "local",
      run: async (target) => {
        const failed = target.deployment("failed", await newEndpoint(target));
        await target.operate("PUT", failed, target.deploymentBody(await registerEmpty(target)));
        await target.succeed("PUT", failed, target.deploymentBody("1"));
        assertValues(await target.read(failed), { "properties.provisioningState": "Succeeded" });
      },
    },
    {
      id: "deployment-of-any-datastore",
      claim: "A model is deployed from any datastore of its workspace, without a role for the endpoint's identity.",
      grade: "assumed",
      sources: [],
      deviation: "Microsoft's pages name the default datastore alone; the other reading is datastoresNeedRole: true",
      target: "local",
      run: async (target) => {
        const model = await registerElsewhere(target);
        const other = target.deployment("elsewhere", await newEndpoint(target));
        await target.succeed("PUT", other, target.deploymentBody(model));
        assertValues(await target.read(other), { "properties.provisioningState": "Succeeded" });
      },
    },
    {
      id: "deployment-failed-without-weight",
      claim: "A failed deployment without weight cannot get any.",
      grade: "assumed",
      sources: [],
      deviation: "nothing says it",
      target: "local",
      run: async (target) => {
        const endpoint = await newEndpoint(target);
        const body = target.deploymentBody(await registerEmpty(target));
        await target.operate("PUT", target.deployment("failed", endpoint), body);
        assertRefused(await target.arm("PUT", endpoint, target.endpointBody({ traffic: { failed: 100 } })));
      },
    },
    {
      id: "deployment-failed-with-weight",
      claim: "A deployment that fails while it has weight may keep it, and get more.",
      grade: "assumed",
      sources: [],
      deviation: "nothing says it; its instances answer as before",
      target: "local",
      run: async (target) => {
        const endpoint = await newEndpoint(target);
        const [old, failing] = ["old", "failing"].map((name) => target.deployment(name, endpoint));
        for (const deployment of [old, failing]) {
          await target.succeed("PUT", String(deployment), target.deploymentBody("1"));
        }
        await target.succeed("PUT", endpoint, target.endpointBody({ traffic: { old: 50, failing: 50 } }));
        await target.operate("PUT", String(failing), target.deploymentBody(await registerEmpty(target)));
        assertValues(await target.read(String(failing)), { "properties.provisioningState": "Failed" });
        await target.succeed("PUT", endpoint, target.endpointBody({ traffic: { failing: 100 } }));
        assertValues(await target.read(endpoint), { "properties.traffic": { failing: 100 } });
      },
    },
    {
      id: "deployments-at-most-20",
      claim: "An endpoint has at most 20 deployments.",
      grade: "documented",
      sources: [QUOTAS],
      deviation: "status and text of the refusal are assumed",
      target: "local",
      run: async (target) => {
        const endpoint = await newEndpoint(target);
        const version = await registerEmpty(target);
        const put = (number: number) =>
          target.arm("PUT", target.deployment(`number-${number}`, endpoint), target.deploymentBody(version));
        for (let number = 1; number <= 20; number++) await target.finish(await put(number));
        assertRefused(await put(21));
      },
    },
  ],
};
