import assert from "node:assert/strict";
import { textAt, valueAt } from "../../support/azureClient";
import { EXPECTED_ANSWERS, SAMPLE_REQUEST } from "../../support/heartWorkspace";
import { assertStatus } from "../checks";
import type { Semantic, Topic } from "../semantic";
import {
  INFERENCE_SERVER,
  INPUT_DATA_MISSING,
  MLFLOW,
  MLFLOW_GUIDE,
  RECORDED_ROLLOUT,
  TROUBLESHOOTING,
  YAML_DEPLOYMENT,
} from "../sources";
import type { Target } from "../target";
import { to } from "./routing";

interface Frame {
  readonly columns: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}

const { columns, data } = (JSON.parse(SAMPLE_REQUEST) as { readonly input_data: Frame }).input_data;

/** A request that the container refuses: the caller gets 424, and two headers tell the container's own status. */
async function assertModelError(target: Target, sent: Parameters<Target["score"]>, inner: number): Promise<void> {
  const answer = await target.score(...sent);
  assertStatus(answer, 424);
  assert.equal(answer.headers["ms-azureml-model-error-statuscode"], String(inner));
  assert.equal(typeof answer.headers["ms-azureml-model-error-reason"], "string");
}

const requests: readonly Semantic[] = [
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
    claim: "An answer tells the deployment, the time of the run, that it did not fail, and an id.",
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
    claim: "x-ms-client-request-id is answered, at most 40 characters of it.",
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
    claim: "swagger.json, beside /score, tells the columns of the model's signature.",
    grade: "documented",
    sources: [MLFLOW_GUIDE, RECORDED_ROLLOUT],
    deviation: "the host is localhost and not ENDPOINT.REGION.inference.ml.azure.com",
    target: "any",
    run: async (target) => {
      const { body } = await target.read(target.endpoint);
      const [scoring, swagger] = ["scoringUri", "swaggerUri"].map((name) => textAt(body, `properties.${name}`));
      assert.equal(swagger, scoring?.replace(/\/score$/, "/swagger.json"));
      const text = JSON.stringify((await target.scored("GET", String(swagger))).body);
      for (const name of columns) assert.ok(text.includes(`"${name}"`), `${name} is not in swagger.json`);
    },
  },
];

const errors: readonly Semantic[] = [
  {
    id: "score-input-data-missing",
    claim: "A body without input_data is answered 424, with the container's 400.",
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
    claim: "A body that is no JSON is answered 424, with the container's 400.",
    grade: "reported",
    sources: [INFERENCE_SERVER],
    target: "any",
    run: (target) => assertModelError(target, [{ body: "{" }], 400),
  },
  {
    id: "score-content-type",
    claim: "Another content type than JSON is answered 424, with the container's 415.",
    grade: "reported",
    sources: [INFERENCE_SERVER],
    target: "any",
    run: (target) => assertModelError(target, [{ headers: { "content-type": "text/csv" } }], 415),
  },
  {
    id: "score-method",
    claim: "Another method is answered 424, with the container's 405.",
    grade: "reported",
    sources: [INFERENCE_SERVER],
    deviation: "that the gateway lets other methods through is assumed",
    target: "any",
    run: (target) => assertModelError(target, [{}, "PUT"], 405),
  },
  {
    id: "score-signature",
    claim: "The signature is enforced: a missing column is answered 424, with the container's 500.",
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
    claim: "An answer that takes longer than requestTimeout is answered 408.",
    grade: "documented",
    sources: [TROUBLESHOOTING, YAML_DEPLOYMENT],
    target: "local",
    run: async (target) => {
      const change = (requestSettings: object) =>
        target.succeed("PUT", target.deployment("green"), target.deploymentBody("2", { requestSettings }));
      await change({ requestTimeout: "PT0.001S" });
      const rows = Array.from({ length: 5000 }, (_, row) => data[row % data.length]);
      const answer = await target.score({ ...to("green"), body: { input_data: { columns, data: rows } } });
      await change({});
      assertStatus(answer, 408);
    },
  },
  {
    id: "score-saturated",
    claim: "Requests beyond twice the concurrency of all instances are answered 429.",
    grade: "documented",
    sources: [TROUBLESHOOTING],
    target: "local",
    run: async (target) => {
      const round = () => Promise.all(Array.from({ length: 12 }, () => target.score(to("green"))));
      // The first round opens the connections.
      await round();
      const statuses = new Set((await round()).map(({ status }) => status));
      assert.deepEqual(statuses, new Set([200, 429]));
    },
  },
];

export const scoring: Topic = {
  name: "Scoring",
  tests: ["test/local/scoring.test.ts", "test/local/saturation.test.ts"],
  semantics: [...requests, ...errors],
};
