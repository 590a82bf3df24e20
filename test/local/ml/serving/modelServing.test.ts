import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENDPOINT, EXPECTED_ANSWERS, SAMPLE_REQUEST } from "../../../../driver/heartWorkspace";
import { textAt } from "../../../support/localAzure";
import type { TestAzure } from "../../../support/localAzure";
import type { Scoring } from "../../../../driver/scoring";
import { startHeartEndpoint } from "../../../support/heartEndpoint";

let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  ({ azure, endpoint } = await startHeartEndpoint());
});
afterAll(() => azure.close());

interface Frame {
  readonly columns: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}
const FRAME = (JSON.parse(SAMPLE_REQUEST) as { input_data: Frame }).input_data;
const to = (deployment: string): Record<string, string> => ({ "azureml-model-deployment": deployment });
const named = Object.fromEntries(FRAME.columns.map((name, at) => [name, FRAME.data.map((row) => row[at])]));

describe("the committed models", () => {
  test.each(["blue", "green"] as const)("%s answers the sample request with its recorded answers", async (name) => {
    expect(await endpoint.score({ headers: to(name) })).toMatchObject({ status: 200, body: EXPECTED_ANSWERS[name] });
  });

  test("answer with the headers of the service", async () => {
    const { headers } = await endpoint.score({ headers: { "x-ms-client-request-id": "c".repeat(50) } });
    expect(headers).toMatchObject({
      server: "azureml-frontdoor",
      "azureml-model-deployment": "blue",
      "x-ms-run-function-failed": "False",
      "x-ms-server-version": expect.stringMatching(/^azmlinfsrv\//) as string,
      "x-ms-run-fn-exec-ms": expect.stringMatching(/^\d+\.\d{3}$/) as string,
      "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      "x-ms-client-request-id": "c".repeat(40),
    });
    expect(headers).not.toHaveProperty("access-control-allow-origin");
  });

  test.each([
    ["a frame without an index", { columns: FRAME.columns, data: FRAME.data }],
    [
      "a frame with its columns in another order",
      { columns: FRAME.columns.toReversed(), data: FRAME.data.map((row) => row.toReversed()) },
    ],
    [
      "a frame with a column more",
      { columns: [...FRAME.columns, "more"], data: FRAME.data.map((row) => [...row, "x"]) },
    ],
    ["a list of rows", FRAME.data],
    ["named columns", named],
  ])("take %s", async (_, input) => {
    expect((await endpoint.score({ body: { input_data: input } })).body).toEqual(EXPECTED_ANSWERS.blue);
  });

  test("answer no rows with no answers", async () => {
    expect((await endpoint.score({ body: { input_data: { columns: FRAME.columns, data: [] } } })).body).toEqual([]);
  });
});

describe("what the container refuses is a 424 with its own code", () => {
  const SCRIPT_FAILED = "An unexpected error occurred in scoring script. Check the logs for more info.";
  const changed = (change: Partial<Frame>) => ({ input_data: { ...FRAME, index: undefined, ...change } });
  const withFirst = (column: string, value: unknown) =>
    changed({ data: FRAME.data.map((row) => row.map((old, at) => (FRAME.columns[at] === column ? value : old))) });

  test.each([
    ["no input_data", { inputs: [[1]] }, 400, "A value is not provided for the 'input_data' parameter."],
    [
      "the body of MLflow's own server",
      { dataframe_split: FRAME },
      400,
      "A value is not provided for the 'input_data' parameter.",
    ],
    ["a body that is no JSON", "{", 400, "POST body could not be decoded as JSON."],
    ["a body that is no dictionary", "[1]", 400, "POST body should be a JSON dictionary."],
    ["input_data that is text", { input_data: "x" }, 500, SCRIPT_FAILED],
    [
      "a missing column",
      changed({ columns: FRAME.columns.map((name) => (name === "age" ? "years" : name)) }),
      500,
      SCRIPT_FAILED,
    ],
    ["a row that is too short", { input_data: [[1, 2]] }, 500, SCRIPT_FAILED],
    ["an index of another length", { input_data: { ...FRAME, index: [0] } }, 500, SCRIPT_FAILED],
    ["columns of different lengths", { input_data: { ...named, age: [1] } }, 500, SCRIPT_FAILED],
    ["a fraction for a whole number", withFirst("age", 63.5), 500, SCRIPT_FAILED],
    ["text for a number", withFirst("oldpeak", "high"), 500, SCRIPT_FAILED],
    ["a number for text", withFirst("thal", 1), 500, SCRIPT_FAILED],
    ["a missing value", withFirst("age", null), 500, SCRIPT_FAILED],
  ])("%s", async (_, body, inner, message) => {
    const { status, headers, body: answer } = await endpoint.score({ body });
    expect({ status, answer }).toEqual({ status: 424, answer: { message } });
    expect(headers).toMatchObject({
      "azureml-model-deployment": "blue",
      "ms-azureml-model-error-statuscode": String(inner),
      "ms-azureml-model-error-reason": "model_error",
      ...(inner === 500 && { "x-ms-run-function-failed": "True" }),
    });
  });

  test.each([
    [
      "another content type",
      { headers: { "content-type": "text/csv" } },
      "POST",
      415,
      "Expects Content-Type to be application/json",
    ],
    ["another method", {}, "PUT", 405, "Method not allowed"],
    [
      "an id of over 100 characters",
      { headers: { "x-ms-client-request-id": "c".repeat(101) } },
      "POST",
      431,
      "x-ms-request-id and x-ms-client-request-id must not exceed 100 characters",
    ],
  ])("%s", async (_, sent, method, inner, message) => {
    const { status, headers, body } = await endpoint.score(sent, method);
    expect({ status, body }).toEqual({ status: 424, body: { message } });
    expect(headers["ms-azureml-model-error-statuscode"]).toBe(String(inner));
  });

  test("and the log of the container gives the reason that the answer keeps back", async () => {
    await endpoint.score({ body: withFirst("age", null) });
    const logs = async (body: object): Promise<string[]> =>
      textAt((await azure.arm("POST", `${ENDPOINT}/deployments/blue/getLogs`, body)).body, "content").split("\n");
    const last = await logs({ containerType: "InferenceServer", tail: 2 });
    expect(last).toEqual([
      "Encountered Exception: Incompatible input types for column age. Can not safely convert a missing value to long.",
      expect.stringMatching(/^POST \/score 500 \d+\.\d{3}ms$/),
    ]);
    expect((await logs({})).length).toBeGreaterThan(2);
  });
});
