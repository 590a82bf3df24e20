import assert from "node:assert/strict";
import { textAt, valueAt } from "../../driver/azureClient";
import type { Answer } from "../../driver/azureClient";
import { assertStatus, assertValues } from "../target/checks";
import { operationOf } from "../target/armClient";
import type { Topic } from "./semantic";
import { RECORDED_ENDPOINT, RECORDED_ROLLOUT, RECORDED_UPDATE, SPECIFICATION } from "./sources";

/** Path of an address; the service adds signed parameters to the ones it gives. */
function pathOf(url: string | undefined): string {
  return url === undefined ? "" : new URL(url).pathname;
}

function assertOperation(answer: Answer, location: string, prefix: string): void {
  const place = `/providers/Microsoft.MachineLearningServices/locations/${location}/mfeOperationsStatus/${prefix}:`;
  const path = pathOf(operationOf(answer));
  assert.ok(path.includes(place), `${path} does not contain ${place}`);
}

export const operations: Topic = {
  name: "Long-running operations",
  tests: [
    "test/local/ml/endpoints/handlers.test.ts",
    "test/local/ml/deployments/handlers.test.ts",
    "test/apiSpec/asyncHeaders.test.ts",
  ],
  semantics: [
    {
      id: "endpoint-operation-header",
      claim: "A PUT of an endpoint names its operation in Azure-AsyncOperation, below mfeOperationsStatus/oeidp:.",
      grade: "recorded",
      sources: [RECORDED_ENDPOINT],
      deviation: "the service adds the parameters t, c, s and h to the address",
      target: "any",
      run: ({ creation, location }) => {
        assertOperation(creation.endpoint, location, "oeidp");
        assert.equal(creation.endpoint.headers["x-ms-async-operation-timeout"], "PT30M");
      },
    },
    {
      id: "deployment-operation-header",
      claim: "A PUT of a deployment names its operation below mfeOperationsStatus/odidp:.",
      grade: "recorded",
      sources: [RECORDED_UPDATE],
      deviation: "the recording of 2022 has the older prefix od:",
      target: "any",
      run: ({ creation, location }) => assertOperation(creation.deployment, location, "odidp"),
    },
    {
      id: "operation-in-body",
      claim: "The body names the same operation in properties.properties.AzureAsyncOperationUri.",
      grade: "recorded",
      sources: [RECORDED_ENDPOINT, RECORDED_ROLLOUT],
      target: "any",
      run: ({ creation }) => {
        for (const answer of [creation.endpoint, creation.deployment]) {
          const uri = textAt(answer.body, "properties.properties.AzureAsyncOperationUri");
          assert.equal(pathOf(uri), pathOf(operationOf(answer)));
        }
      },
    },
    {
      id: "put-location",
      claim: "Location of the 201 is the resource itself.",
      grade: "recorded",
      sources: [RECORDED_ENDPOINT],
      target: "any",
      run: ({ creation, endpoint }) => {
        assert.equal(pathOf(String(creation.endpoint.headers.location)).toLowerCase(), endpoint.toLowerCase());
      },
    },
    {
      id: "no-retry-after",
      claim: "Neither the PUT of an endpoint nor a poll of its operation has Retry-After.",
      grade: "recorded",
      sources: [RECORDED_ENDPOINT, RECORDED_ROLLOUT],
      target: "any",
      run: ({ creation }) => {
        for (const { headers } of [creation.endpoint, creation.endpointPoll]) {
          assert.equal(headers["retry-after"], undefined);
        }
      },
    },
    {
      id: "poll-updating",
      claim: "A running operation has the status Updating, even when it creates or deletes.",
      grade: "recorded",
      sources: [RECORDED_ENDPOINT, RECORDED_ROLLOUT, RECORDED_UPDATE],
      target: "any",
      run: ({ creation }) => {
        for (const poll of [creation.endpointPoll, creation.deploymentPoll]) {
          assertStatus(poll, 200);
          assertValues(poll, { status: "Updating", percentComplete: 0 });
          assert.equal(typeof valueAt(poll.body, "startTime"), "string");
        }
      },
    },
    {
      id: "poll-succeeded",
      claim: "A successful operation has the status Succeeded and an end time.",
      grade: "recorded",
      sources: [RECORDED_ENDPOINT, RECORDED_ROLLOUT],
      deviation: "percentComplete is 100 then, as in 2022; the recording of 2026 still has 0",
      target: "any",
      run: ({ creation }) => {
        assertValues(creation.endpointEnd, { status: "Succeeded" });
        assert.equal(typeof valueAt(creation.endpointEnd.body, "endTime"), "string");
      },
    },
    {
      id: "delete-accepted",
      claim: "DELETE of an endpoint returns 202 with a null body and a Location below mfeOperationResults.",
      grade: "recorded",
      sources: [RECORDED_ENDPOINT, SPECIFICATION],
      target: "any",
      run: async (target) => {
        const endpoint = target.spareEndpoint();
        await target.succeed("PUT", endpoint, target.endpointBody());
        const answer = await target.arm("DELETE", endpoint);
        assertStatus(answer, 202);
        assert.equal(answer.body, null);
        assert.match(pathOf(String(answer.headers.location)), /\/mfeOperationResults\/oeidp:/);
        assertValues(await target.finish(answer), { status: "Succeeded" });
        assertStatus(await target.arm("GET", endpoint), 404);
      },
    },
  ],
};
