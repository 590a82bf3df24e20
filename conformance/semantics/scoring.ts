import assert from "node:assert/strict";
import { textAt } from "../../driver/azureClient";
import { EXPECTED_ANSWERS, SAMPLE_REQUEST } from "../../driver/heartWorkspace";
import { assertStatus } from "../target/checks";
import type { Topic } from "./semantic";
import { MLFLOW, MLFLOW_GUIDE, RECORDED_ROLLOUT, TROUBLESHOOTING } from "./sources";

interface Frame {
  readonly columns: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}

export const { columns, data } = (JSON.parse(SAMPLE_REQUEST) as { readonly input_data: Frame }).input_data;

export const scoring: Topic = {
  name: "Scoring",
  tests: ["test/local/ml/serving/modelServing.test.ts"],
  semantics: [
    {
      id: "score-list",
      claim: "A model answers a bare JSON list.",
      grade: "documented",
      sources: [MLFLOW],
      target: "any",
      run: async (target) => {
        const answer = await target.score();
        assertStatus(answer, 200);
        assert.deepEqual(answer.body, EXPECTED_ANSWERS.blue);
      },
    },
    {
      id: "score-headers",
      claim: "A response names the deployment, the run time, success, and an id.",
      grade: "recorded",
      sources: [RECORDED_ROLLOUT],
      target: "any",
      run: async (target) => {
        const { headers } = await target.score();
        assert.equal(headers.server, "azureml-frontdoor");
        assert.equal(headers["azureml-model-deployment"], "blue");
        assert.equal(headers["x-ms-run-function-failed"], "False");
        assert.match(String(headers["x-ms-run-fn-exec-ms"]), /^[\d.]+$/);
        assert.match(String(headers["x-request-id"]), /^[0-9a-f-]{36}$/);
      },
    },
    {
      id: "score-client-id",
      claim: "x-ms-client-request-id is echoed, up to 40 characters.",
      grade: "documented",
      sources: [TROUBLESHOOTING],
      target: "any",
      run: async (target) => {
        const { headers } = await target.score({ headers: { "x-ms-client-request-id": "c".repeat(50) } });
        assert.equal(headers["x-ms-client-request-id"], "c".repeat(40));
      },
    },
    {
      id: "score-forms",
      claim: "input_data is a frame with or without an index, a list of rows, or named columns.",
      grade: "documented",
      sources: [MLFLOW_GUIDE],
      target: "any",
      run: async (target) => {
        const named = Object.fromEntries(columns.map((name, at) => [name, data.map((row) => row[at])]));
        const index = data.map((_, row) => row);
        for (const form of [{ columns, index, data }, { columns, data }, data, named]) {
          const answer = await target.score({ body: { input_data: form } });
          assert.deepEqual(answer.body, EXPECTED_ANSWERS.blue);
        }
      },
    },
    {
      id: "score-no-cors",
      claim: "There are no CORS headers: browsers cannot call an endpoint.",
      grade: "documented",
      sources: [TROUBLESHOOTING],
      target: "any",
      run: async (target) => {
        const { headers } = await target.score({ headers: { origin: "https://example.com" } });
        assert.equal(headers["access-control-allow-origin"], undefined);
      },
    },
    {
      id: "swagger-columns",
      claim: "swagger.json, next to /score, describes the columns of the model's signature.",
      grade: "documented",
      sources: [MLFLOW_GUIDE, RECORDED_ROLLOUT],
      deviation: "the host is localhost and not ENDPOINT.REGION.inference.ml.azure.com",
      target: "any",
      run: async (target) => {
        const { body } = await target.read(target.endpoint);
        const [scoringUri, swaggerUri] = ["scoringUri", "swaggerUri"].map((name) => textAt(body, `properties.${name}`));
        assert.equal(swaggerUri, scoringUri?.replace(/\/score$/, "/swagger.json"));
        const text = JSON.stringify((await target.scored("GET", String(swaggerUri))).body);
        for (const name of columns) assert.ok(text.includes(`"${name}"`), `${name} is not in swagger.json`);
      },
    },
  ],
};
