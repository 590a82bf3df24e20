import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ENDPOINT, endpointBody, EXPECTED_ANSWERS } from "../../../driver/heartWorkspace";
import { textAt } from "../../support/localAzure";
import type { TestAzure } from "../../support/localAzure";
import { fairSplitDistance, seededRandom } from "../../../driver/scoring";
import type { Scoring } from "../../../driver/scoring";
import { startHeartEndpoint } from "../../support/heartEndpoint";

let azure: TestAzure;
let endpoint: Scoring;
let random: () => number;
beforeAll(async () => {
  ({ azure, endpoint } = await startHeartEndpoint({ random: () => random() }));
});
beforeEach(() => {
  random = seededRandom(2026);
});
afterAll(() => azure.close());

const setTraffic = (traffic: object, mirrorTraffic: object = {}) =>
  azure.operate("PUT", ENDPOINT, endpointBody({ traffic, mirrorTraffic }));
const to = (deployment: string): { headers: Record<string, string> } => ({
  headers: { "azureml-model-deployment": deployment },
});
/** Requests that the container of a deployment has answered, mirrored ones included. */
const received = async (deployment: string): Promise<number> => {
  const { body } = await azure.arm("POST", `${ENDPOINT}/deployments/${deployment}/getLogs`, {});
  return textAt(body, "content")
    .split("\n")
    .filter((line) => line.startsWith("POST /score 200 ")).length;
};

describe("requests without a header", () => {
  test("go to the deployments by weight, each answered by the model that it names", async () => {
    await setTraffic({ blue: 90, green: 10 });
    const [requests, counts] = [500, { blue: 0, green: 0 }];
    for (let sent = 0; sent < requests; sent++) {
      const { headers, body } = await endpoint.score();
      const name = headers["azureml-model-deployment"] === "green" ? "green" : "blue";
      expect(body).toEqual(EXPECTED_ANSWERS[name]);
      counts[name] += 1;
    }
    expect(Math.abs(counts.green - requests * 0.1)).toBeLessThan(fairSplitDistance(requests, 0.1));
  });

  test("all go to the one that has all the weight", async () => {
    await setTraffic({ blue: 0, green: 100 });
    expect(await endpoint.split(50)).toEqual({ green: 50 });
  });

  test("follow the new weights only when the operation has ended", async () => {
    await setTraffic({ blue: 100 });
    const update = await azure.arm("PUT", ENDPOINT, endpointBody({ traffic: { green: 100 } }));
    expect(await endpoint.split(20)).toEqual({ blue: 20 });
    await azure.finish(update);
    expect(await endpoint.split(20)).toEqual({ green: 20 });
  });

  test("find nothing when no deployment has weight: 404", async () => {
    await setTraffic({ blue: 0, green: 0 });
    expect(await endpoint.score()).toMatchObject({ status: 404, body: { message: "no deployment has traffic" } });
  });
});

describe("requests with the header azureml-model-deployment", () => {
  test("go where it says at weight 0, in any case, and while nothing has weight", async () => {
    await setTraffic({ blue: 100, green: 0 });
    expect(await endpoint.score(to("green"))).toMatchObject({ status: 200, body: EXPECTED_ANSWERS.green });
    await setTraffic({});
    expect(await endpoint.score(to("Green"))).toMatchObject({ status: 200, body: EXPECTED_ANSWERS.green });
  });

  test("find nothing under another name: 404", async () => {
    expect(await endpoint.score(to("red"))).toMatchObject({
      status: 404,
      body: { message: "deployment red not found in the endpoint" },
    });
  });
});

describe("mirrored traffic", () => {
  test("is a copy of the set share; callers see the live answer only", async () => {
    await setTraffic({ blue: 100 }, { green: 30 });
    const [before, requests] = [await received("green"), 400];
    expect(await endpoint.split(requests)).toEqual({ blue: requests });
    const mirrored = (await received("green")) - before;
    expect(Math.abs(mirrored - 120)).toBeLessThan(fairSplitDistance(requests, 0.3));
  });

  test("is never made of requests with the header", async () => {
    await setTraffic({ blue: 100 }, { green: 50 });
    const before = await received("green");
    for (let sent = 0; sent < 20; sent++) await endpoint.score(to("blue"));
    expect(await received("green")).toBe(before);
  });
});

test("an endpoint that is not there answers 404", async () => {
  const { status } = await azure.send("POST", endpoint.uri.replace("heart-classifier", "nowhere"), { body: "{}" });
  expect(status).toBe(404);
});
