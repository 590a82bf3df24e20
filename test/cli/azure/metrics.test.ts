import { describe, expect, test } from "vitest";
import { fc, test as property } from "@fast-check/vitest";
import { metricQueries } from "../../../components/azure/metricValues";
import { metricsOf } from "../../../cli/azure/metrics";

const NOON = Date.parse("2026-11-30T12:00:00Z");
const at = (minute: number): string => new Date(NOON + minute * 60_000).toISOString();

/** Requests of a minute, counted from noon: `[deployment, minute, requests, status, model's status]`. */
type Row = readonly [deployment: string, minute: number, requests: number, status?: string, model?: string];

function series(dimensions: Readonly<Record<string, string>>, minute: number, average: number): object {
  return {
    metadatavalues: Object.entries(dimensions).map(([name, value]) => ({ name: { value: name }, value })),
    data: [{ timeStamp: at(minute - 1) }, { timeStamp: at(minute), average }],
  };
}

/** As Azure Monitor answers, half a minute after noon. */
function requests(...rows: readonly Row[]): object {
  const timeseries = rows.map(([deployment, minute, count, status = "200", model = status]) =>
    series({ deployment, statuscode: status, modelstatuscode: model }, minute, count),
  );
  return answer({ RequestsPerMinute: timeseries });
}

function latency(metrics: Readonly<Record<string, readonly (readonly [string, number, number])[]>>): object {
  const all = Object.entries(metrics).map(([name, rows]) => [
    name,
    rows.map(([deployment, minute, ms]) => series({ Deployment: deployment }, minute, ms)),
  ]);
  return answer(Object.fromEntries(all) as Record<string, object[]>);
}

function answer(metrics: Readonly<Record<string, readonly object[]>>): object {
  return {
    timespan: `${at(-60)}/${new Date(NOON + 30_000).toISOString()}`,
    interval: "PT1M",
    value: Object.entries(metrics).map(([value, timeseries]) => ({ name: { value }, unit: "Count", timeseries })),
  };
}

const of = (answers: { requests?: unknown; latency?: unknown }, minutes = 5, names = ["blue"]) =>
  metricsOf({ requests: requests(), latency: undefined, ...answers }, names, minutes);

describe("requests per minute", () => {
  test.each<[string, readonly Row[], number]>([
    ["no request", [], 0],
    ["some in one of the minutes", [["blue", -2, 11]], 2],
    ["some in the minute that is going on", [["blue", 0, 11]], 2],
    ["some at the begin of the first minute", [["blue", -5, 11]], 2],
    ["none of a minute before", [["blue", -6, 11]], 0],
    ["those of another case of the name", [["BLUE", -1, 11]], 2],
    [
      "none of another deployment",
      [
        ["green", -1, 11],
        ["Unknown", -1, 11, "401"],
      ],
      0,
    ],
    [
      "those of all status codes",
      [
        ["blue", -1, 5],
        ["blue", -1, 3, "500"],
        ["blue", -3, 3, "424", "400"],
      ],
      2,
    ],
  ])("count %s", (_, rows, expected) => {
    expect(of({ requests: requests(...rows) })["blue"]).toMatchObject({ minutes: 5, requestsPerMinute: expected });
  });

  test("are of fewer minutes when Azure answers fewer", () => {
    const short = { ...requests(["blue", -1, 6]), timespan: `${at(-2)}/${at(0)}` };
    expect(of({ requests: short })["blue"]?.requestsPerMinute).toBe(3);
  });
});

describe("the share of errors", () => {
  test.each<[string, readonly Row[], number]>([
    ["no request has none", [], 0],
    ["answers have none", [["blue", -1, 4]], 0],
    ["a refused key is the caller's", [["blue", -1, 4, "401"]], 0],
    [
      "the service failed",
      [
        ["blue", -1, 3],
        ["blue", -1, 1, "500", "Unknown"],
      ],
      25,
    ],
    [
      "the model failed",
      [
        ["blue", -1, 3],
        ["blue", -2, 1, "424", "500"],
      ],
      25,
    ],
    [
      "the model did not answer",
      [
        ["blue", -1, 3],
        ["blue", -1, 1, "424", "Unknown"],
      ],
      25,
    ],
    [
      "the model blames the request",
      [
        ["blue", -1, 3],
        ["blue", -1, 1, "424", "400"],
      ],
      0,
    ],
    [
      "the model was too slow",
      [
        ["blue", -1, 1, "408", "Unknown"],
        ["blue", -1, 1],
      ],
      50,
    ],
    [
      "there were too many at once",
      [
        ["blue", -1, 1, "429", "Unknown"],
        ["blue", -1, 1],
      ],
      50,
    ],
    [
      "nothing was answered",
      [
        ["blue", -1, 1, "Unknown", "Unknown"],
        ["blue", -1, 3],
      ],
      25,
    ],
    [
      "of the deployment, whatever others do",
      [
        ["blue", -1, 1],
        ["green", -1, 9, "500"],
      ],
      0,
    ],
  ])("%s", (_, rows, expected) => {
    expect(of({ requests: requests(...rows) })["blue"]?.errorPercent).toBe(expected);
  });
});

describe("latency", () => {
  const P = (rows: readonly (readonly [string, number, number])[]) => ({
    RequestLatency_P50: rows,
    RequestLatency_P95: rows,
  });

  test("is left out where nothing was answered", () => {
    expect(of({ latency: latency(P([])) })["blue"]).toEqual({ minutes: 5, requestsPerMinute: 0, errorPercent: 0 });
  });

  test("is that of each minute, weighted by its requests", () => {
    const answers = {
      requests: requests(["blue", -1, 9], ["blue", -2, 1]),
      latency: latency({
        RequestLatency_P50: [
          ["blue", -1, 10],
          ["blue", -2, 20],
        ],
        RequestLatency_P95: [["blue", -1, 30]],
      }),
    };
    expect(of(answers)["blue"]).toMatchObject({ p50: 11, p95: 30 });
  });

  test("is a plain mean where the minutes have no known requests, and leaves out older ones", () => {
    const rows = [
      ["blue", -1, 10],
      ["blue", -3, 20],
      ["blue", -30, 99],
    ] as const;
    expect(of({ latency: latency(P(rows)) })["blue"]).toMatchObject({ p50: 15, p95: 15 });
  });

  test("of 0 ms is a value", () => {
    expect(of({ latency: latency(P([["blue", -1, 0]])) })["blue"]).toMatchObject({ p50: 0 });
  });
});

test.each([{}, { timespan: "yesterday" }, undefined, "text"])("an answer that says no time, %j, is none", (odd) => {
  expect(() => of({ requests: odd })).toThrow("Azure Monitor does not say which minutes its answer is of");
});

test.each([
  { value: {} },
  { value: [null, { name: { value: "RequestsPerMinute" } }] },
  { value: [{ name: { value: "RequestsPerMinute" }, timeseries: [{ data: [{ average: 1 }, { timeStamp: 3 }] }] }] },
])("what cannot be read of an answer counts nothing: %j", (part) => {
  expect(of({ requests: { ...requests(), ...part } })["blue"]?.requestsPerMinute).toBe(0);
});

const count = fc.integer({ min: 0, max: 1000 });
const row = fc.tuple(
  fc.constantFrom("blue", "green", "Unknown"),
  fc.integer({ min: -59, max: 0 }),
  count,
  fc.constantFrom("200", "401", "424", "429", "500", "Unknown"),
  fc.constantFrom("200", "400", "500", "Unknown"),
);
property.prop([fc.array(row), fc.integer({ min: 1, max: 60 })])(
  "are never negative, nor more than there is",
  (rows, minutes) => {
    const views = of({ requests: requests(...rows) }, minutes, ["blue", "green"]);
    const total = rows.reduce((sum, [, , requested]) => sum + requested, 0);
    const shown = Object.values(views).reduce((sum, { requestsPerMinute }) => sum + requestsPerMinute, 0);
    expect(shown * minutes).toBeLessThanOrEqual(total + 1e-6);
    for (const { errorPercent } of Object.values(views)) {
      expect(errorPercent).toBeGreaterThanOrEqual(0);
      expect(errorPercent).toBeLessThanOrEqual(100 + 1e-9);
    }
  },
);

test("two questions are asked, by the clock of Azure", () => {
  expect(Object.values(metricQueries())).toHaveLength(2);
  for (const path of Object.values(metricQueries())) expect(path).not.toContain("timespan");
});
