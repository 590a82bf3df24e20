import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENDPOINT, endpointBody, armIdOf, LOCATION } from "../../../driver/heartWorkspace";
import { valueAt } from "../../support/localAzure";
import type { TestAzure } from "../../support/localAzure";
import { askMetrics, seriesOf } from "../../support/metrics";
import type { Scoring } from "../../../driver/scoring";
import { startHeartEndpoint } from "../../support/heartEndpoint";

let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  ({ azure, endpoint } = await startHeartEndpoint({ random: () => 0 }));
  // With 0 for each choice every request without the header is mirrored.
  await azure.operate("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 }, mirrorTraffic: { green: 50 } }));
  await requests(3);
  await azure.advance(60);
  await requests(2);
  await endpoint.score({ body: "{" });
  await endpoint.score({ headers: { authorization: "Bearer wrong" } });
  await azure.advance(180);
  await endpoint.score({ headers: { "azureml-model-deployment": "green" } });
});
afterAll(() => azure.close());

const requests = async (count: number): Promise<void> => {
  for (let sent = 0; sent < count; sent++) await endpoint.score();
};
const ask = async (query: Record<string, string>, below = "") => seriesOf(await askMetrics(azure, query, below));
const perMinute = (filter: string, others: Record<string, string> = {}) =>
  ask({ metricnames: "RequestsPerMinute", $filter: filter, ...others });

describe("requests per minute", () => {
  test("are those of the endpoint, mirrored copies included, minute by minute", async () => {
    expect(await ask({ metricnames: "RequestsPerMinute", aggregation: "Average" })).toEqual([
      { dimensions: {}, points: [{ average: 6 }, { average: 7 }, { average: 1 }] },
    ]);
  });

  test("are split by the dimensions that the filter names", async () => {
    const counts = await perMinute("deployment eq '*' and statusCode eq '*' and modelStatusCode eq '*'", {
      interval: "FULL",
      aggregation: "total",
    });
    expect(counts[0]?.points).toEqual([{ total: 6 }]);
    expect(new Set(counts)).toEqual(
      new Set([
        { dimensions: { deployment: "green", statuscode: "200", modelstatuscode: "200" }, points: [{ total: 6 }] },
        { dimensions: { deployment: "blue", statuscode: "200", modelstatuscode: "200" }, points: [{ total: 5 }] },
        { dimensions: { deployment: "blue", statuscode: "424", modelstatuscode: "400" }, points: [{ total: 1 }] },
        { dimensions: { deployment: "green", statuscode: "424", modelstatuscode: "400" }, points: [{ total: 1 }] },
        {
          dimensions: { deployment: "Unknown", statuscode: "401", modelstatuscode: "Unknown" },
          points: [{ total: 1 }],
        },
      ]),
    );
  });

  test.each([
    ["deployment eq 'blue' and statusCodeClass ne '2xx'", [{ total: 1 }]],
    ["deployment eq 'blue' and statusCodeClass eq '2xx'", [{ total: 3 }, { total: 2 }]],
    ["deployment eq 'BLUE' and statusCode eq '200' or statusCode eq '424'", [{ total: 3 }, { total: 2 }, { total: 1 }]],
  ])("where %s", async (filter, points) => {
    const series = await perMinute(filter, { aggregation: "Total" });
    expect(series.flatMap((one) => one.points)).toEqual(points);
  });

  test("of a deployment that had none are no series", async () => {
    expect(await perMinute("deployment eq 'red'")).toEqual([]);
  });

  test("of a longer interval are an average of its minutes with requests, a total, and their bounds", async () => {
    const aggregation = "Average,Minimum,Maximum,Total,Count";
    expect(await ask({ metricnames: "RequestsPerMinute", interval: "FULL", aggregation })).toEqual([
      { dimensions: {}, points: [{ average: 14 / 3, minimum: 1, maximum: 7, total: 14, count: 3 }] },
    ]);
  });

  test("of a deployment are at the deployment too, by the code of its proxy", async () => {
    const query = { metricnames: "RequestsPerMinute", aggregation: "Total", interval: "FULL" };
    const filter = { ...query, $filter: "envoy_response_code eq '*'" };
    expect(await ask(filter, "/deployments/blue")).toEqual([
      { dimensions: { envoy_response_code: "200" }, points: [{ total: 5 }] },
      { dimensions: { envoy_response_code: "424" }, points: [{ total: 1 }] },
    ]);
    expect(await ask(query, "/deployments/green")).toEqual([{ dimensions: {}, points: [{ total: 7 }] }]);
  });
});

describe("latency", () => {
  test("counts each request once and keeps to the order of its percentiles", async () => {
    const aggregation = "Average,Minimum,Maximum,Count";
    const of = async (metricnames: string) => {
      const [series] = await ask({ metricnames, aggregation, interval: "FULL", $filter: "deployment eq 'blue'" });
      return (series?.points[0] ?? {}) as Record<string, number>;
    };
    const all = await of("RequestLatency");
    expect(all["count"]).toBe(6);
    const percentiles = [
      await of("RequestLatency_P50"),
      await of("RequestLatency_P90"),
      await of("RequestLatency_P99"),
    ];
    const averages = percentiles.map(({ average }) => average ?? 0);
    expect(averages).toEqual(averages.toSorted((a, b) => a - b));
    for (const average of averages) {
      expect(average).toBeGreaterThanOrEqual(all["minimum"] ?? Infinity);
      expect(average).toBeLessThanOrEqual(all["maximum"] ?? 0);
    }
  });
});

describe("an answer", () => {
  test("has the form of Azure Monitor, a point for each interval of the span", async () => {
    const { body } = await askMetrics(azure, { metricnames: "RequestLatency_P95,RequestsPerMinute", interval: "PT5M" });
    expect(body).toMatchObject({
      cost: expect.any(Number) as number,
      timespan: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ\/20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
      interval: "PT5M",
      namespace: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
      resourceregion: LOCATION,
      value: [
        {
          id: `${armIdOf(azure, ENDPOINT)}/providers/Microsoft.Insights/metrics/RequestLatency_P95`,
          type: "Microsoft.Insights/metrics",
          name: { value: "RequestLatency_P95", localizedValue: "Request Latency P95" },
          unit: "MilliSeconds",
          errorCode: "Success",
        },
        { name: { value: "RequestsPerMinute" }, unit: "Count" },
      ],
    });
    const data = valueAt(body, "value.1.timeseries.0.data") as { timeStamp: string }[];
    expect(data.length).toBeGreaterThanOrEqual(12);
    expect(data.map(({ timeStamp }) => Date.parse(timeStamp) % 300_000)).toEqual(data.map(() => 0));
  });

  test("leaves out what lies outside of the timespan", async () => {
    const now = Date.parse(String(valueAt((await azure.send("GET", "/_local/clock")).body, "now")));
    const from = new Date(now - 30_000).toISOString();
    const to = new Date(now + 60_000).toISOString();
    const latest = await ask({ metricnames: "RequestsPerMinute", timespan: `${from}/${to}`, aggregation: "Total" });
    expect(latest).toEqual([{ dimensions: {}, points: [{ total: 1 }] }]);
  });

  test("lists the definitions of both resources", async () => {
    const definitions = async (below: string) => {
      const path = `${ENDPOINT}${below}/providers/microsoft.insights/metricDefinitions?api-version=2018-01-01`;
      const value = valueAt((await azure.arm("GET", path)).body, "value") as Record<string, unknown>[];
      return value.map((one) => [valueAt(one, "name.value"), (one["dimensions"] as object[]).length]);
    };
    const percentiles = ["RequestLatency_P50", "RequestLatency_P90", "RequestLatency_P95", "RequestLatency_P99"];
    expect(await definitions("")).toEqual([
      ["RequestsPerMinute", 4],
      ["RequestLatency", 1],
      ...percentiles.map((name) => [name, 1]),
    ]);
    expect(await definitions("/deployments/blue")).toEqual([
      ["RequestsPerMinute", 1],
      ...percentiles.map((name) => [name, 0]),
    ]);
  });
});
