import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { isModels, judgeAnswer } from "../../../components/gates/answer";
import { judgeCommand, judgeHttp } from "../../../components/gates/checks";
import { judgeErrors } from "../../../components/gates/errors";
import { isClear, judgeMeasured, judgeProbes } from "../../../components/gates/latency";
import { gatesOf } from "../../../components/settings/gates";
import type { GateKind, GateOf } from "../../../components/settings/gates";
import type { GateArgs } from "../../../components/args/gates";

function settingsOf<K extends GateKind>(kind: K, args: NonNullable<GateArgs[K]>): GateOf<K>["settings"] {
  const [gate] = gatesOf({ gate: { [kind]: args } });
  return gate?.settings as GateOf<K>["settings"];
}

const none = { failed: 0, total: 0 };

describe("failed requests", () => {
  test.each([
    [{ failed: 0, total: 100 }, "pass", "0 % of 100 requests failed, at most 1 %"],
    [{ failed: 1, total: 99 }, "inconclusive", "1.01 % of 99 requests failed, 100 requests are needed"],
    [
      { failed: 2, total: 100 },
      "inconclusive",
      "2 % of 100 requests failed, more than 1 % but by so little that it may be chance",
    ],
    [{ failed: 25, total: 480 }, "fail", "5.21 % of 480 requests failed, more than 1 %"],
    // A few are enough when they are clear.
    [{ failed: 12, total: 12 }, "fail", "100 % of 12 requests failed, more than 1 %"],
    [{ failed: 1, total: 1 }, "inconclusive", "100 % of 1 request failed, 100 requests are needed"],
    [none, "inconclusive", "no requests are known yet, 100 requests are needed"],
  ] as const)("%j against a limit: %s", (candidate, verdict, numbers) => {
    const found = judgeErrors(settingsOf("errors", { maxPercent: 1 }), { candidate, stable: none });
    expect(found).toEqual({ verdict, numbers, samples: candidate.total });
  });

  test.each([
    [
      { failed: 3, total: 600 },
      { failed: 10, total: 5400 },
      "pass",
      "0.5 % of 600 requests failed, at most 0.5 points above the stable deployment's 0.185 % of 5400",
    ],
    [
      { failed: 5, total: 600 },
      { failed: 10, total: 5400 },
      "inconclusive",
      "0.833 % of 600 requests failed, more than 0.5 points above the stable deployment's 0.185 % of 5400 but by so little that it may be chance",
    ],
    [
      { failed: 30, total: 600 },
      { failed: 10, total: 5400 },
      "fail",
      "5 % of 600 requests failed, more than 0.5 points above the stable deployment's 0.185 % of 5400",
    ],
    [
      { failed: 0, total: 600 },
      { failed: 0, total: 60 },
      "inconclusive",
      "0 % of 600 requests failed, 100 requests of the stable deployment are needed",
    ],
  ] as const)("%j beside %j: %s", (candidate, stable, verdict, numbers) => {
    expect(judgeErrors(settingsOf("errors", { maxAboveStable: 0.5 }), { candidate, stable })).toMatchObject({
      verdict,
      numbers,
    });
  });

  test.prop([fc.nat(3000), fc.nat(3000), fc.nat(99)])("too few are never a pass", (a, b, total) => {
    const stable = { failed: Math.min(a, b), total: Math.max(a, b) };
    const candidate = { failed: Math.min(a, total), total };
    const { verdict } = judgeErrors(settingsOf("errors", { maxPercent: 100, maxAboveStable: 100 }), {
      candidate,
      stable,
    });
    expect(verdict).not.toBe("pass");
  });
});

describe("a percentile that Azure Monitor has", () => {
  const settings = settingsOf("latency", { maxMilliseconds: 200, maxTimesStable: 1.5 });
  test.each([
    [
      { value: 120, total: 500 },
      { value: 100, total: 900 },
      "pass",
      "p95 120 ms of 500 requests, at most 200 ms, at most 1.5 times the stable deployment's 100 ms",
    ],
    [
      { value: 180, total: 500 },
      { value: 100, total: 900 },
      "fail",
      "p95 180 ms of 500 requests, at most 200 ms, more than 1.5 times the stable deployment's 100 ms",
    ],
    [
      { value: 250, total: 500 },
      { value: 240, total: 900 },
      "fail",
      "p95 250 ms of 500 requests, more than 200 ms, at most 1.5 times the stable deployment's 240 ms",
    ],
    [
      { value: 250, total: 99 },
      { value: 240, total: 900 },
      "inconclusive",
      "p95 250 ms of 99 requests, 100 requests are needed",
    ],
    [
      { value: undefined, total: 500 },
      { value: 240, total: 900 },
      "inconclusive",
      "no p95 of 500 requests, which Azure Monitor does not know",
    ],
    [
      { value: 120, total: 500 },
      { value: undefined, total: 900 },
      "inconclusive",
      "p95 120 ms of 500 requests, at most 200 ms, which Azure Monitor does not know",
    ],
  ] as const)("%j beside %j: %s", (candidate, stable, verdict, numbers) => {
    expect(judgeMeasured(settings, candidate, stable)).toEqual({ verdict, numbers, samples: candidate.total });
  });
});

describe("probes", () => {
  const limit = settingsOf("latency", { percentile: 50, maxMilliseconds: 30, probes: 200 });
  const times = settingsOf("latency", { percentile: 50, maxTimesStable: 1.5, probes: 200 });
  const same = (time: number, count = 200) => Array.from({ length: count }, () => time);

  test.each([
    [same(20), "pass", "p50 20 ms of 200 probes, at most 30 ms"],
    [same(40), "fail", "p50 40 ms of 200 probes, more than 30 ms"],
    [same(20, 99), "inconclusive", "p50 20 ms of 99 probes, 100 requests are needed"],
    [
      [...same(20, 98), ...same(31, 102)],
      "inconclusive",
      "p50 31 ms of 200 probes, more than 30 ms but by so little that it may be chance",
    ],
    [[...same(20, 150), ...same(Infinity, 50)], "pass", "p50 20 ms of 200 probes, 50 of which failed, at most 30 ms"],
    [same(Infinity), "fail", "p50 no answer of 200 probes, 200 of which failed, more than 30 ms"],
  ] as const)("against a limit %#: %s", (candidate, verdict, numbers) => {
    expect(judgeProbes(limit, { candidate, stable: [] })).toEqual({ verdict, numbers, samples: candidate.length });
  });

  test.each([
    [same(20), same(20), "pass", true],
    [same(31), same(20), "fail", true],
    [same(29), same(20), "pass", true],
    [same(20), same(20, 50), "inconclusive", false],
    [[...same(20, 98), ...same(31, 102)], same(20), "inconclusive", false],
    [same(20, 100), [...same(10, 60), ...same(20, 40)], "inconclusive", false],
  ] as const)("beside the stable deployment %#: %s, clear %s", (candidate, stable, verdict, clear) => {
    expect(judgeProbes(times, { candidate, stable }).verdict).toBe(verdict);
    expect(isClear(times, { candidate, stable })).toBe(clear);
  });

  test("fewer than a gate needs by default are enough when it sends no more", () => {
    expect(settingsOf("latency", { maxMilliseconds: 1, probes: 40 }).minSamples).toBe(40);
  });
});

describe("an answer", () => {
  const ANSWERED = { status: 200, error: undefined, answer: [0.4, 0.6], milliseconds: 12.34 };
  test.each<[NonNullable<GateArgs["request"]>, object, string, string]>([
    [{}, {}, "pass", "answers [0.4,0.6] in 12.3 ms"],
    [{ predictions: 2, value: 0.39, tolerance: 0.02, maxMilliseconds: 13 }, {}, "pass", "answers [0.4,0.6] in 12.3 ms"],
    [{ predictions: 1 }, {}, "fail", "answers [0.4,0.6] in 12.3 ms: 2 predictions, not 1"],
    [
      { predictions: 1, at: "1", value: 0.5, tolerance: 0.01, maxMilliseconds: 10, keys: ["label"] },
      {},
      "fail",
      "answers [0.4,0.6] in 12.3 ms: 2 predictions, not 1; not every prediction has label; 0.6 at 1, not 0.5 within 0.01; more than 10 ms",
    ],
    [
      { keys: ["label"] },
      { answer: { predictions: [{ label: "a" }] } },
      "pass",
      'answers {"predictions":[{"label":"a"}]} in 12.3 ms',
    ],
    [
      { at: "0.score", value: 1 },
      { answer: [{ score: 2 }] },
      "fail",
      'answers [{"score":2}] in 12.3 ms: 2 at 0.score, not 1',
    ],
    [
      { at: "model.version", value: 7 },
      { answer: { model: { version: 7 } } },
      "pass",
      'answers {"model":{"version":7}} in 12.3 ms',
    ],
    [{ value: 1 }, { answer: "1" }, "fail", 'answers "1" in 12.3 ms: "1" at 0, not 1'],
    [{}, { status: 424, error: "424, the model answers 500: no" }, "fail", "answers 424, the model answers 500: no"],
    [{}, { status: 403, error: "403: no" }, "inconclusive", "answers 403: no"],
    [{}, { status: undefined, error: "nobody" }, "inconclusive", "answers nobody"],
  ])("%j %j: %s", (args, answered, verdict, numbers) => {
    expect(judgeAnswer(settingsOf("request", args), { ...ANSWERED, ...answered })).toEqual({ verdict, numbers });
  });

  test("errors that say nothing of the model are not its own", () => {
    expect([200, 424, 500, 502, 503].every(isModels)).toBe(true);
    expect([undefined, 401, 403, 404, 408, 429].some(isModels)).toBe(false);
  });
});

describe("a GET", () => {
  const url = "https://status.example.com";
  test.each<[object, { status: number; text: string }, string, string]>([
    [{}, { status: 200, text: "" }, "pass", "answers 200"],
    [{}, { status: 503, text: "" }, "fail", "answers 503, not 200"],
    [{ status: 204 }, { status: 204, text: "" }, "pass", "answers 204"],
    [{ equals: "ok" }, { status: 200, text: "ok\n" }, "pass", 'answers "ok"'],
    [
      { equals: "true", at: "data.healthy" },
      { status: 200, text: '{"data":{"healthy":true}}' },
      "pass",
      'answers "true" at data.healthy',
    ],
    [{ equals: "0", at: "firing" }, { status: 200, text: '{"firing":2}' }, "fail", 'answers "2" at firing, not "0"'],
    [{ equals: "undefined", at: "a" }, { status: 200, text: "{}" }, "fail", 'answers nothing at a, not "undefined"'],
  ])("%j %j: %s", (args, reply, verdict, numbers) => {
    expect(judgeHttp(settingsOf("http", { url, ...args }), reply)).toEqual({ verdict, numbers });
  });
});

test.each([
  [{ code: 0, lastLine: "" }, "pass", "ends with 0"],
  [{ code: 1, lastLine: "drift 0.3" }, "fail", "ends with 1: drift 0.3"],
  [{ code: 2, lastLine: "usage" }, "inconclusive", "ends with 2: usage"],
  [{ problem: "not done after 60 s", lastLine: "" }, "inconclusive", "not done after 60 s"],
])("a command %j: %s", (end, verdict, numbers) => {
  expect(judgeCommand(end)).toMatchObject({ verdict, numbers });
});
