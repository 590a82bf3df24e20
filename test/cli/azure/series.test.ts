import { describe, expect, test } from "vitest";
import { AzureClock } from "../../../cli/azure/azureClock";
import { MetricHistory, seriesOf, spanOf } from "../../../cli/azure/series";

const NOON = Date.parse("2026-11-30T12:00:00Z");
const MINUTE_MS = 60_000;
const minute = (count: number): number => NOON + count * MINUTE_MS;
const span = (minutes: number) => ({ from: NOON, to: minute(minutes), interval: "PT1M" });

type Row = readonly [deployment: string, minute: number, value: number, status?: string];

function answer(name: string, rows: readonly Row[]): object {
  const timeseries = rows.map(([deployment, at, average, status = "200"]) => ({
    metadatavalues: Object.entries({ deployment, statusCode: status, modelStatusCode: status }).map(([key, value]) => ({
      name: { value: key },
      value,
    })),
    data: [{ timeStamp: new Date(minute(at)).toISOString(), average }],
  }));
  return { value: [{ name: { value: name }, timeseries }] };
}

const requests = (...rows: readonly Row[]): object => answer("RequestsPerMinute", rows);
const brief = (answers: { requests: object; latency?: object }, minutes: number) =>
  seriesOf({ latency: undefined, ...answers }, span(minutes)).map(({ deployment, points }) => [
    deployment,
    points.map(({ at, requestsPerMinute, errorPercent }) => [(at - NOON) / MINUTE_MS, requestsPerMinute, errorPercent]),
  ]);

describe("series of a deployment", () => {
  test("from its first request on; minutes without one have none, and no share of errors", () => {
    expect(brief({ requests: requests(["a", 1, 90], ["a", 1, 10, "500"], ["a", 3, 50], ["b", 3, 5]) }, 4)).toEqual([
      ["a", [[1.5, 100, 10], [2.5, 0, undefined], [3.5, 50, 0]]], // prettier-ignore
      ["b", [[3.5, 5, 0]]],
    ]);
  });

  test("the newest minutes, which Azure Monitor does not know yet, are no minutes without requests", () => {
    expect(brief({ requests: requests(["a", 4, 50]) }, 7)).toEqual([["a", [[4.5, 50, 0]]]]);
    const [[, points] = []] = brief({ requests: requests(["a", 4, 50]) }, 20);
    expect(points).toHaveLength(11);
  });

  test("names that differ in case are one", () => {
    expect(brief({ requests: requests(["Model-1", 0, 1], ["model-1", 1, 2]) }, 2)).toHaveLength(1);
  });

  test("nothing measured is no series", () => {
    expect(brief({ requests: requests() }, 5)).toEqual([]);
    expect(brief({ requests: {} }, 5)).toEqual([]);
  });

  test("several minutes make one point where there are many", () => {
    const rows = Array.from({ length: 1200 }, (_, at): Row => ["a", at, at % 2 === 0 ? 10 : 30]);
    const [series] = seriesOf({ requests: requests(...rows), latency: undefined }, span(1200));
    expect(series?.points).toHaveLength(600);
    expect(new Set(series?.points.map(({ requestsPerMinute }) => requestsPerMinute))).toEqual(new Set([20]));
  });

  test("latency of the minutes with it", () => {
    const latency = answer("RequestLatency_P95", [["a", 0, 80]]);
    const [series] = seriesOf({ requests: requests(["a", 0, 1], ["a", 1, 1]), latency }, span(2));
    expect(series?.points.map(({ p50, p95 }) => [p50, p95])).toEqual([[undefined, 80], [undefined, undefined]]); // prettier-ignore
  });
});

test.each([
  [60, "PT1M"],
  [2880, "PT1M"],
  [2881, "PT5M"],
  [93 * 1440, "PT1H"],
])("%i minutes are asked for in intervals of %s", (minutes, interval) => {
  expect(spanOf(NOON, minute(minutes)).interval).toBe(interval);
});

describe("two clocks", () => {
  /** @param azure - what it shows there when it is a time here, in minutes after noon */
  const clockOf = (times: readonly number[], azure: (here: number) => number) => {
    const left = times.map(minute);
    let now = NOON;
    const waits: number[] = [];
    const clock = new AzureClock(
      async () => {
        now = left.shift() ?? now;
        return minute(azure((now - NOON) / MINUTE_MS));
      },
      () => now,
      async (ms) => waits.push(ms),
    );
    return { clock, waits };
  };

  test("that show nearly the same are one", async () => {
    const { clock, waits } = clockOf([0], (here) => here + 4);
    const { toAzure, fromAzure } = await clock.read();
    expect([toAzure(minute(3)), fromAzure(minute(3))]).toEqual([minute(3), minute(3)]);
    expect(waits).toEqual([]);
  });

  test("one that goes 600 times as fast is followed, after a moment to see how fast it is", async () => {
    const { clock, waits } = clockOf([1, 2], (here) => here * 600);
    const { toAzure, fromAzure } = await clock.read();
    expect(waits).toEqual([2000]);
    expect([toAzure(minute(1.5)), fromAzure(minute(900))]).toEqual([minute(900), minute(1.5)]);
  });

  test("one that is an hour ahead is an hour ahead", async () => {
    const { clock } = clockOf([0, 1], (here) => here + 60);
    expect((await clock.read()).toAzure(minute(0))).toBe(minute(60));
  });

  test("one that stands still is not divided by", async () => {
    const { clock } = clockOf([100, 101], () => 0);
    expect((await clock.read()).fromAzure(minute(-1))).toBe(minute(100));
  });
});

test("metrics by another clock come at the times of this one", async () => {
  const asked: string[] = [];
  const arm = {
    get: async (path: string) => {
      asked.push(decodeURIComponent(path));
      return requests(["a", 60, 7]);
    },
  };
  const here = [minute(0), minute(1)];
  const clock = new AzureClock(
    async () => (here[0] ?? NOON) + 60 * MINUTE_MS,
    () => here.shift() ?? minute(1),
    async () => undefined,
  );
  const [series] = await new MetricHistory(arm, "/endpoint", clock).read(minute(-5), minute(1));
  expect(asked.map((path) => /timespan=(\S+)/.exec(path)?.[1])).toEqual([
    "2026-11-30T12:55:00Z/2026-11-30T13:01:00Z",
    "2026-11-30T12:55:00Z/2026-11-30T13:01:00Z",
  ]);
  expect(series?.points.map(({ at, requestsPerMinute }) => [(at - NOON) / MINUTE_MS, requestsPerMinute])).toEqual([
    [0.5, 7],
  ]);
});
