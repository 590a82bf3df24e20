import { afterAll, beforeAll, expect, test } from "vitest";
import { ENDPOINT, SAMPLE_REQUEST } from "../../../driver/heartWorkspace";
import { textAt, valueAt } from "../../support/localAzure";
import type { TestAzure } from "../../support/localAzure";
import type { Answer } from "../../support/localAzure";
import { Scoring } from "../../../driver/scoring";
import { startHeartEndpoint } from "../../support/heartEndpoint";

let azure: TestAzure;
let headers: Record<string, string>;
let uri: string;
beforeAll(async () => {
  ({ azure } = await startHeartEndpoint());
  headers = { authorization: `Bearer ${(await Scoring.of(azure)).key}` };
  uri = textAt((await azure.arm("GET", ENDPOINT)).body, "properties.swaggerUri");
});
afterAll(() => azure.close());

const describeWith = (query: string): Promise<Answer> => azure.send("GET", `${uri}${query}`, { headers });
const { columns } = (JSON.parse(SAMPLE_REQUEST) as { input_data: { columns: string[] } }).input_data;
/** An example of the signature's types: long, double and string. */
const ROW = columns.map((name) => ({ oldpeak: 0.5, thal: "sample string" })[name] ?? 0);

test.each([
  ["", "swagger", "2.0", "definitions.ServiceInput"],
  ["?version=2", "swagger", "2.0", "definitions.ServiceInput"],
  ["?version=3", "openapi", "3.0.3", "components.schemas.ServiceInput"],
  ["?version=3.1", "openapi", "3.1.0", "components.schemas.ServiceInput"],
])("swagger.json%s is a document of %s %s with the columns of the signature", async (query, key, version, input) => {
  const { status, headers: sent, body } = await describeWith(query);
  expect(status).toBe(200);
  expect(sent).toMatchObject({ server: "azureml-frontdoor", "azureml-model-deployment": "blue" });
  expect(valueAt(body, key)).toBe(version);
  expect(valueAt(body, `${input}.properties.input_data.required`)).toEqual(["columns", "index", "data"]);
  expect(valueAt(body, `${input}.example.input_data`)).toEqual({ columns, index: [0], data: [ROW] });
  expect(valueAt(body, "paths./score.post.operationId")).toBe("RunMLService");
});

test("its example is a request that the model answers", async () => {
  const { body } = await describeWith("");
  const example = valueAt(body, "definitions.ServiceInput.example");
  const answer = await (await Scoring.of(azure)).score({ body: example });
  expect(answer).toMatchObject({ status: 200, body: [expect.any(Number)] });
});

test("an unknown version is the container's 404 in the platform's 424", async () => {
  const answer = await describeWith("?version=9");
  expect(answer).toMatchObject({
    status: 424,
    body: { message: "Swagger version [9] is not valid. Supported versions: [2, 3, 3.1]." },
  });
  expect(answer.headers["ms-azureml-model-error-statuscode"]).toBe("404");
});
