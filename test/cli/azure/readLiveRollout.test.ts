import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { readLiveRollout } from "../../../cli/azure/readLiveRollout";
import { RefusedRead } from "../../../components/azure/armRequest";
import { armReaderWith } from "../../../components/azure/armReaderWith";
import type { ArmReader } from "../../../components/azure/armReaderWith";
import { clearFaults, injectFaults } from "../../../driver/faults";
import { ENDPOINT, WORKSPACE, createHeartEndpoint, endpointBody, armIdOf } from "../../../driver/heartWorkspace";
import { Scoring } from "../../../driver/scoring";
import { TestAzure } from "../../support/localAzure";
import { trust } from "../../support/trust";

let azure: TestAzure;
let token: string;
beforeAll(async () => {
  azure = await TestAzure.start({ random: () => 0 });
  await createHeartEndpoint(azure);
  await azure.operate("PUT", ENDPOINT, endpointBody({ traffic: { blue: 90, green: 10 } }));
  token = await azure.token();
  trust(azure.azure.ca);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await clearFaults(azure);
});
afterAll(() => azure.close());

const read = (minutes?: number, id: string | undefined = armIdOf(azure, ENDPOINT)) =>
  readLiveRollout(
    armReaderWith(() => Promise.resolve(token)),
    id,
    minutes,
  );
const requestsWhile = async (work: () => Promise<unknown>) => {
  const before = (await azure.trace("kind=arm")).at(-1)?.seq ?? 0;
  await work();
  return (await azure.trace(`kind=arm&since=${before}`)).map(
    ({ method, path }) => `${method} ${path.split("/").at(-1)}`,
  );
};

describe("an endpoint with two deployments", () => {
  test("is read with four requests, and none of them writes", async () => {
    let live: unknown;
    const requests = await requestsWhile(async () => (live = await read()));
    expect(requests.toSorted()).toEqual(["GET deployments", "GET heart-classifier", "GET metrics", "GET metrics"]);
    const none = { minutes: 5, requestsPerMinute: 0, errorPercent: 0 };
    const modelId = (version: string) => armIdOf(azure, `${WORKSPACE}/models/heart-classifier/versions/${version}`);
    expect(live).toEqual({
      at: expect.any(Date) as Date,
      endpoint: {
        name: "heart-classifier",
        id: armIdOf(azure, ENDPOINT),
        state: "Succeeded",
        traffic: { blue: 90, green: 10 },
        mirrorTraffic: {},
        tags: {},
        lastModifiedAt: expect.stringMatching(/^20\d\d-/) as string,
        scoringUri: expect.stringMatching(/^https:\/\/localhost:/) as string,
        authMode: "Key",
      },
      deployments: [
        { name: "blue", state: "Succeeded", instances: 1, modelId: modelId("1") },
        { name: "green", state: "Succeeded", instances: 1, modelId: modelId("2") },
      ],
      metrics: { blue: none, green: none },
      missing: [],
    });
  });

  test("has the metrics of its last minutes by the clock of Azure, which may be days away", async () => {
    await azure.advance(3 * 86_400);
    const scoring = await Scoring.of(azure);
    await scoring.score();
    await azure.advance(3600);
    for (let sent = 0; sent < 3; sent++) await scoring.score();
    await scoring.score({ body: "{" });
    await injectFaults(azure, {
      match: "score$",
      deployment: "green",
      effect: { modelError: { status: 500, message: "no" } },
    });
    await scoring.score({ headers: { "azureml-model-deployment": "green" } });
    await azure.advance(60);
    const { metrics, missing } = await read();
    const { blue, green } = metrics ?? {};
    expect(missing).toEqual([]);
    expect(blue?.requestsPerMinute).toBeGreaterThan(4 / 6 - 0.01);
    expect(blue?.requestsPerMinute).toBeLessThan(4 / 5 + 0.01);
    expect(blue).toMatchObject({ minutes: 5, errorPercent: 0 });
    expect(green?.errorPercent).toBe(100);
    expect(blue?.p50).toBeGreaterThan(0);
    expect(blue?.p95).toBeGreaterThanOrEqual(blue?.p50 ?? Infinity);
    await azure.advance(600);
    expect((await read()).metrics?.["blue"]).toEqual({ minutes: 5, requestsPerMinute: 0, errorPercent: 0 });
    expect((await read(20)).metrics?.["blue"]?.p50).toBe(blue?.p50);
  });
});

describe("what cannot be read", () => {
  const forbidden = (match: string) =>
    injectFaults(azure, {
      match,
      effect: { http: { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } } },
    });

  test("of the metrics is named, with its permission, and the rest is there", async () => {
    await forbidden("^GET .*/metrics");
    const { endpoint, deployments, metrics, missing } = await read();
    expect([endpoint?.traffic, deployments.length, metrics]).toEqual([{ blue: 90, green: 10 }, 2, undefined]);
    const why = "Azure answers 403 AuthorizationFailed; it needs the permission Microsoft.Insights/metrics/read";
    expect(missing).toEqual([`requests and errors: ${why}`, `latency: ${why}`]);
  });

  test("of the latency alone leaves the requests", async () => {
    const arm = armReaderWith(() => Promise.resolve(token));
    const get = async (path: string): Promise<unknown> => {
      if (path.includes("RequestLatency")) throw new RefusedRead(400, "BadRequest");
      return arm.get(path);
    };
    const { metrics, missing } = await readLiveRollout({ ...arm, get }, armIdOf(azure, ENDPOINT));
    expect(metrics?.["blue"]).toMatchObject({ requestsPerMinute: 0 });
    expect(missing).toEqual(["latency: Azure answers 400 BadRequest"]);
  });

  test.each([
    ["^GET .*/heart-classifier(\\?|$)", "endpoint: ", "onlineEndpoints/read"],
    ["^GET .*/deployments(\\?|$)", "deployments: ", "onlineEndpoints/deployments/read"],
  ])("of the endpoint itself, %s, is no answer", async (match, what, permission) => {
    await forbidden(match);
    const failure = await read().catch(String);
    expect(failure).toContain(what);
    expect(failure).toContain(`it needs the permission Microsoft.MachineLearningServices/workspaces/${permission}`);
  });

  test("once is asked again", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    await injectFaults(azure, { match: "^GET .*/deployments", times: 1, effect: { http: { status: 500 } } });
    expect((await read()).deployments).toHaveLength(2);
  });
});

test("an endpoint that Azure does not have is none", async () => {
  const live = await read(5, `${armIdOf(azure, ENDPOINT)}-2`);
  expect(live).toMatchObject({ endpoint: undefined, deployments: [], metrics: undefined, missing: [] });
});

test("a rollout without an endpoint is read without a request", async () => {
  const reader = {
    get: vi.fn<ArmReader["get"]>(),
    list: vi.fn<ArmReader["list"]>(),
    ask: vi.fn<ArmReader["ask"]>(),
  };
  expect(await readLiveRollout(reader, undefined)).toMatchObject({ endpoint: undefined, missing: [] });
  expect([reader.get, reader.list].flatMap(({ mock }) => mock.calls)).toEqual([]);
});

test.each([0, 61, 2.5, Number.NaN])("metrics of %d minutes are refused", async (minutes) => {
  await expect(read(minutes)).rejects.toThrow(`minutes must be a whole number from 1 to 60, got ${minutes}`);
});

test("the instant of the read can be given", async () => {
  vi.stubEnv("MLFLOW_ROLLOUT_NOW", "2026-11-24T09:00:00Z");
  expect((await read()).at.toISOString()).toBe("2026-11-24T09:00:00.000Z");
  vi.stubEnv("MLFLOW_ROLLOUT_NOW", "tomorrow");
  await expect(read()).rejects.toThrow(
    'MLFLOW_ROLLOUT_NOW: must be an RFC 3339 instant such as 2026-11-24T09:00:00Z, got "tomorrow"',
  );
});
