import { fc, test as property } from "@fast-check/vitest";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { wrongAnswer } from "../../../local/src/faults/scoring";
import { clearFaults, faultCounts, injectFaults } from "../../../driver/faults";
import { ENDPOINT, endpointBody, EXPECTED_ANSWERS } from "../../../driver/heartWorkspace";
import type { TestAzure } from "../../support/localAzure";
import type { Scoring } from "../../../driver/scoring";
import { startHeartEndpoint } from "../../support/heartEndpoint";

let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  ({ azure, endpoint } = await startHeartEndpoint());
});
afterEach(() => clearFaults(azure));
afterAll(() => azure.close());

const score = (deployment: string) => endpoint.score({ headers: { "azureml-model-deployment": deployment } });
const SCORE = { match: "/score$", deployment: "green" };

describe("a deployment in trouble", () => {
  test("answers 424 with the status of its container; the others are well", async () => {
    await injectFaults(azure, { ...SCORE, effect: { modelError: { status: 500, message: "out of memory" } } });
    const failed = await score("green");
    expect(failed).toMatchObject({ status: 424, body: { message: "out of memory" } });
    expect(failed.headers).toMatchObject({
      "azureml-model-deployment": "green",
      "ms-azureml-model-error-statuscode": "500",
    });
    expect(await score("blue")).toMatchObject({ status: 200, body: EXPECTED_ANSWERS.blue });
  });

  test("answers 429 when it has no room", async () => {
    await injectFaults(azure, { ...SCORE, effect: { saturated: true } });
    expect((await score("green")).status).toBe(429);
    expect((await score("blue")).status).toBe(200);
  });

  test.each([
    ["408 at its request timeout, however slow it is", 60, 5, 408],
    ["late below its request timeout", 4, 4, 200],
  ])("answers %s, in virtual time", async (_, latencySeconds, after, status) => {
    await injectFaults(azure, { ...SCORE, times: 1, effect: { latencySeconds } });
    let answered = false;
    const late = score("green").then((answer) => {
      answered = true;
      return answer;
    });
    while (!(await faultCounts(azure)).some(({ applied }) => applied > 0)) expect(answered).toBe(false);
    await azure.advance(after - 1);
    expect(answered).toBe(false);
    await azure.advance(1);
    expect((await late).status).toBe(status);
  });

  test("answers 200 and wrong in every row", async () => {
    await injectFaults(azure, { ...SCORE, effect: { wrongAnswer: true } });
    const { status, body } = await score("green");
    expect(status).toBe(200);
    expect(body).toEqual(EXPECTED_ANSWERS.green.map((label) => 1 - label));
  });

  test("fails a share of the requests, the same ones for the same seed", async () => {
    const outcomes = async (seed: number): Promise<readonly number[]> => {
      await clearFaults(azure);
      await injectFaults(azure, { ...SCORE, rate: 0.25, seed, effect: { modelError: { status: 500, message: "no" } } });
      const statuses: number[] = [];
      for (let sent = 0; sent < 40; sent++) statuses.push((await score("green")).status);
      return statuses;
    };
    const first = await outcomes(7);
    const failed = first.filter((status) => status === 424).length;
    expect(failed).toBeGreaterThan(2);
    expect(failed).toBeLessThan(20);
    expect(await outcomes(7)).toEqual(first);
    expect(await outcomes(8)).not.toEqual(first);
  });

  test("is in trouble for mirrored requests too, which no caller sees", async () => {
    await azure.operate("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 }, mirrorTraffic: { green: 50 } }));
    await injectFaults(azure, { ...SCORE, effect: { modelError: { status: 500, message: "no" } } });
    for (let sent = 0; sent < 40; sent++) expect((await endpoint.score()).status).toBe(200);
    expect((await faultCounts(azure))[0]?.applied).toBeGreaterThan(5);
    await azure.operate("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 } }));
  });
});

test("any request to the data plane can be answered, delayed or lost before it is routed", async () => {
  await injectFaults(
    azure,
    { match: "^POST /endpoints/.*/score$", times: 1, effect: { http: { status: 502 } } },
    { match: "^POST /endpoints/.*/score$", times: 1, effect: { drop: "reply" } },
  );
  expect((await endpoint.score()).status).toBe(502);
  await expect(endpoint.score()).rejects.toThrow("socket hang up");
  expect((await endpoint.score()).status).toBe(200);
});

property.prop([fc.jsonValue({ maxDepth: 3 })])(
  "a wrong answer has the shape of the right one and no value of it",
  (right) => {
    const valuesOf = (value: unknown): readonly unknown[] =>
      typeof value === "object" && value !== null ? Object.values(value).flatMap(valuesOf) : [value];
    const [given, answered] = [valuesOf(right), valuesOf(wrongAnswer(right))];
    expect(answered).toHaveLength(given.length);
    answered.forEach((value, index) => expect(value).not.toEqual(given[index]));
  },
);
