import assert from "node:assert/strict";
import { valueAt } from "../../driver/azureClient";
import { assertStatus } from "../target/checks";
import type { Topic } from "./semantic";
import { INFERENCE_SERVER, INPUT_DATA_MISSING, MLFLOW_GUIDE, TROUBLESHOOTING, YAML_DEPLOYMENT } from "./sources";
import type { Target } from "../target/target";
import { toDeployment } from "./routing";
import { columns, data } from "./scoring";

/** A request that the container refuses: the caller gets 424, and two headers tell the container's own status. */
async function assertModelError(target: Target, sent: Parameters<Target["score"]>, inner: number): Promise<void> {
  const answer = await target.score(...sent);
  assertStatus(answer, 424);
  assert.equal(answer.headers["ms-azureml-model-error-statuscode"], String(inner));
  assert.equal(typeof answer.headers["ms-azureml-model-error-reason"], "string");
}

export const scoringErrors: Topic = {
  name: "Scoring that fails",
  tests: ["test/local/ml/serving/modelServing.test.ts", "test/local/gateway/limits.test.ts"],
  semantics: [
    {
      id: "score-input-data-missing",
      claim: "A body without input_data gets 424, with the container's 400.",
      grade: "reported",
      sources: [INPUT_DATA_MISSING, TROUBLESHOOTING],
      target: "any",
      run: async (target) => {
        await assertModelError(target, [{ body: { inputs: [[1]] } }], 400);
        const { body } = await target.score({ body: {} });
        assert.equal(valueAt(body, "message"), "A value is not provided for the 'input_data' parameter.");
      },
    },
    {
      id: "score-mlflow-server-body",
      claim: "The bodies of MLflow's own server are not accepted.",
      grade: "documented",
      sources: [MLFLOW_GUIDE],
      target: "any",
      run: async (target) => {
        await assertModelError(target, [{ body: { dataframe_split: { columns, data } } }], 400);
      },
    },
    {
      id: "score-no-json",
      claim: "A body that is not JSON gets 424, with the container's 400.",
      grade: "reported",
      sources: [INFERENCE_SERVER],
      target: "any",
      run: (target) => assertModelError(target, [{ body: "{" }], 400),
    },
    {
      id: "score-content-type",
      claim: "A content type other than JSON gets 424, with the container's 415.",
      grade: "reported",
      sources: [INFERENCE_SERVER],
      target: "any",
      run: (target) => assertModelError(target, [{ headers: { "content-type": "text/csv" } }], 415),
    },
    {
      id: "score-method",
      claim: "Another method gets 424, with the container's 405.",
      grade: "reported",
      sources: [INFERENCE_SERVER],
      deviation: "that the gateway lets other methods through is assumed",
      target: "any",
      run: (target) => assertModelError(target, [{}, "PUT"], 405),
    },
    {
      id: "score-signature",
      claim: "The signature is enforced: a missing column gets 424, with the container's 500.",
      grade: "documented",
      sources: [MLFLOW_GUIDE, INFERENCE_SERVER],
      target: "any",
      run: async (target) => {
        const frame = { columns: columns.slice(1), data: data.map((row) => row.slice(1)) };
        await assertModelError(target, [{ body: { input_data: frame } }], 500);
      },
    },
    {
      id: "score-timeout",
      claim: "A request that takes longer than requestTimeout gets 408.",
      grade: "documented",
      sources: [TROUBLESHOOTING, YAML_DEPLOYMENT],
      target: "local",
      run: async (target) => {
        const change = (requestSettings: object) =>
          target.succeed("PUT", target.deployment("green"), target.deploymentBody("2", { requestSettings }));
        await change({ requestTimeout: "PT0.001S" });
        const rows = Array.from({ length: 5000 }, (_, row) => data[row % data.length]);
        const answer = await target.score({ ...toDeployment("green"), body: { input_data: { columns, data: rows } } });
        await change({});
        assertStatus(answer, 408);
      },
    },
    {
      id: "score-saturated",
      claim: "Requests beyond twice the concurrency of all instances get 429.",
      grade: "documented",
      sources: [TROUBLESHOOTING],
      target: "local",
      run: async (target) => {
        const round = () => Promise.all(Array.from({ length: 12 }, () => target.score(toDeployment("green"))));
        // The first round opens the connections.
        await round();
        const statuses = new Set((await round()).map(({ status }) => status));
        assert.deepEqual(statuses, new Set([200, 429]));
      },
    },
  ],
};
