import { describe, expect, test } from "vitest";
import { RefusedRead } from "../../../components/azure/armRequest";
import { Monitor } from "../../../components/evidence/monitor";

const ID = "/subscriptions/s/onlineEndpoints/heart";
const time = (minutes: number): string => new Date(Date.parse("2026-11-24T12:00:00Z") + minutes * 60_000).toISOString();

type Point = readonly [minutes: number, average: number];

function series(dimensions: Readonly<Record<string, string>>, points: readonly Point[]): object {
  const metadatavalues = Object.entries(dimensions).map(([value, text]) => ({ name: { value }, value: text }));
  return { metadatavalues, data: points.map(([at, average]) => ({ timeStamp: time(at), average })) };
}

function answer(metric: string, from: number, to: number, ...timeseries: readonly object[]): object {
  return { timespan: `${time(from)}/${time(to)}`, value: [{ name: { value: metric }, timeseries }] };
}

/** Azure Monitor at 12:00:30 that knows these requests, and how often it was asked. */
function monitored(writtenAt: string | undefined, points: { good: readonly Point[]; bad: readonly Point[] }) {
  const asked: URLSearchParams[] = [];
  const get = (path: string): Promise<unknown> => {
    const query = new URLSearchParams(path.slice(path.indexOf("?")));
    asked.push(query);
    const from = query.get("timespan")?.split("/")[0];
    const begin = from === undefined ? -60 : (Date.parse(from) - Date.parse(time(0))) / 60_000;
    const metric = query.get("metricnames") ?? "";
    const latency = series({ deployment: "green" }, [
      [-3, 20],
      [-2, 40],
    ]);
    const requests = [
      series({ deployment: "Green", statuscode: "200", modelstatuscode: "200" }, points.good),
      series({ deployment: "Green", statuscode: "424", modelstatuscode: "500" }, points.bad),
      series({ deployment: "blue", statuscode: "200", modelstatuscode: "200" }, [[-2, 500]]),
    ];
    return Promise.resolve(answer(metric, begin, 0.5, ...(metric === "RequestsPerMinute" ? requests : [latency])));
  };
  return { monitor: new Monitor({ get }, ID, writtenAt), asked };
}

describe("the requests of a deployment", () => {
  const points: { good: readonly Point[]; bad: readonly Point[] } = {
    good: [
      [-5, 7],
      [-3, 10],
      [-2, 30],
    ],
    bad: [[-2, 5]],
  };

  test("count from the first whole minute after the weights were written", async () => {
    const { monitor, asked } = monitored(time(-3.5), points);
    expect(await monitor.counts("green")).toMatchObject({ failed: 5, total: 45, from: Date.parse(time(-3)) });
    expect(await monitor.counts("blue")).toMatchObject({ failed: 0, total: 500 });
    expect(asked).toHaveLength(1);
  });

  test("count in a window, and in the last hour when it is not known when they were written", async () => {
    const { monitor } = monitored(undefined, points);
    expect(await monitor.counts("green", 2)).toMatchObject({ failed: 5, total: 35 });
    expect(await monitor.counts("green")).toMatchObject({ total: 52, from: Date.parse(time(-60)) });
  });

  test("are asked for again when the weights were written before the last hour, a day at most", async () => {
    const { monitor, asked } = monitored(time(-5000), { good: [[-1000, 9]], bad: [] });
    expect(await monitor.counts("green")).toMatchObject({ total: 9, from: Date.parse(time(-1440)) });
    expect(asked.map((query) => query.get("timespan"))).toEqual([null, "2026-11-23T12:00:00Z/2026-11-24T12:00:30Z"]);
  });

  test("are none while the clock of Azure is before the last write", async () => {
    const { monitor } = monitored(time(10), points);
    expect(await monitor.counts("green")).toMatchObject({ failed: 0, total: 0 });
  });
});

test("a latency is weighted by the requests of its minutes", async () => {
  const { monitor } = monitored(time(-10), {
    good: [
      [-3, 10],
      [-2, 30],
    ],
    bad: [],
  });
  expect(await monitor.latency("green", 99)).toMatchObject({ value: 35, total: 40 });
  expect(await monitor.busiestMinute()).toBe(530);
});

test("an endpoint without requests has no busiest minute", async () => {
  const get = () => Promise.resolve(answer("RequestsPerMinute", -60, 0));
  expect(await new Monitor({ get }, ID, time(-3)).busiestMinute()).toBeUndefined();
});

test.each([
  [
    () => Promise.reject(new RefusedRead(403, "AuthorizationFailed")),
    "Azure answers 403 AuthorizationFailed; it needs the permission Microsoft.Insights/metrics/read",
  ],
  [
    () => Promise.reject(new Error("no answer from management.azure.com in 10 s")),
    "no answer from management.azure.com in 10 s",
  ],
  [() => Promise.resolve(undefined), "Azure Monitor does not know the endpoint"],
])("what cannot be read is told", async (get, message) => {
  await expect(new Monitor({ get }, ID, time(0)).counts("green")).rejects.toThrow(message);
});
