import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  deploymentBody,
  ENDPOINT,
  endpointBody,
  EXPECTED_ANSWERS,
  SAMPLE_REQUEST,
} from "../../../../driver/heartWorkspace";
import { textAt } from "../../../support/localAzure";
import type { TestAzure } from "../../../support/localAzure";
import { Scoring } from "../../../../driver/scoring";
import { startHeartEndpoint } from "../../../support/heartEndpoint";

let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  ({ azure, endpoint } = await startHeartEndpoint());
});
afterAll(() => azure.close());

const to = (name: string) => ({ headers: { "azureml-model-deployment": name } });
const putDeployment = (name: string, version: string, properties: object = {}) =>
  azure.arm("PUT", `${ENDPOINT}/deployments/${name}`, deploymentBody(azure, version, properties));
const status = async (sent: Parameters<Scoring["score"]>[0]): Promise<number> => (await endpoint.score(sent)).status;

describe("until an operation ends", () => {
  test("callers authenticate as before", async () => {
    const token = textAt((await azure.arm("POST", `${ENDPOINT}/token`)).body, "accessToken");
    const [key, bearer] = [`Bearer ${endpoint.key}`, `Bearer ${token}`];
    const both = async () => [
      await status({ headers: { authorization: key } }),
      await status({ headers: { authorization: bearer } }),
    ];
    const traffic = { blue: 100 };
    const update = await azure.arm("PUT", ENDPOINT, endpointBody({ authMode: "AMLToken", traffic }));
    expect(await both()).toEqual([200, 401]);
    await azure.finish(update);
    expect(await both()).toEqual([401, 200]);
    await azure.operate("PUT", ENDPOINT, endpointBody({ traffic }));
    expect(await both()).toEqual([200, 401]);
  });

  test("a deployment answers with its old model", async () => {
    const update = await putDeployment("blue", "2");
    expect((await endpoint.score()).body).toEqual(EXPECTED_ANSWERS.blue);
    await azure.finish(update);
    expect((await endpoint.score()).body).toEqual(EXPECTED_ANSWERS.green);
  });

  test("a deployment keeps its old request settings", async () => {
    const { columns, data } = (JSON.parse(SAMPLE_REQUEST) as { input_data: { columns: string[]; data: unknown[] } })
      .input_data;
    const rows = Array.from({ length: 5000 }, (_, row) => data[row % data.length]);
    const slow = { body: { input_data: { columns, data: rows } } };
    const update = await putDeployment("blue", "1", { requestSettings: { requestTimeout: "PT0.001S" } });
    expect(await status(slow)).toBe(200);
    await azure.finish(update);
    expect(await status(slow)).toBe(408);
    await azure.finish(await putDeployment("blue", "1"));
  });

  test("a deployment has its old number of instances", async () => {
    const places = async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => endpoint.score()));
      return answers.every((answer) => answer.status === 200);
    };
    await places();
    const scaling = await azure.arm("PATCH", `${ENDPOINT}/deployments/blue`, { sku: { name: "Default", capacity: 6 } });
    expect(await places()).toBe(false);
    await azure.finish(scaling);
    expect(await places()).toBe(true);
  });

  test("a new deployment is not there, for the header neither", async () => {
    const create = await putDeployment("third", "2");
    expect(await status(to("third"))).toBe(404);
    await azure.finish(create);
    expect(await status(to("third"))).toBe(200);
  });

  test("a deployment that is deleted still answers", async () => {
    const deletion = await azure.arm("DELETE", `${ENDPOINT}/deployments/third`);
    expect(await status(to("third"))).toBe(200);
    await azure.finish(deletion);
    expect(await status(to("third"))).toBe(404);
  });
});

test("an endpoint that is made again under its name serves its new deployments with its new keys", async () => {
  await azure.operate("DELETE", ENDPOINT);
  expect(await status({})).toBe(404);
  await azure.operate("PUT", ENDPOINT, endpointBody());
  await azure.finish(await putDeployment("blue", "2"));
  await azure.operate("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 } }));
  expect(await status({})).toBe(401);
  endpoint = await Scoring.of(azure);
  expect(await endpoint.score()).toMatchObject({ status: 200, body: EXPECTED_ANSWERS.green });
});
