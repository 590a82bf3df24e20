import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { compareAnswers, judgeComparison } from "../../../components/gates/compare";
import type { AnsweredPair, Said } from "../../../components/gates/compare";
import { distance } from "../../../components/gates/predictions";
import { RequestSetError, columnOf, readRequestSet } from "../../../components/gates/requestSet";

const SETTINGS = { data: "requests.jsonl", maxPercent: 2, tolerance: 0, minSamples: 1 };

function pair(line: number, stable: Said, candidate: Said, body = "{}"): AnsweredPair {
  return { request: { line, body }, stable, candidate };
}

test.prop([fc.nat(200), fc.nat(200)])("the rate of a set is exact", (different, same) => {
  const pairs = Array.from({ length: different + same }, (_, index) =>
    pair(index + 1, { answer: [0] }, { answer: [index < different ? 1 : 0] }),
  );
  const { all, differences } = compareAnswers(SETTINGS, pairs);
  expect(all).toEqual({ failed: different, total: different + same });
  expect(differences).toHaveLength(different);
});

test("predictions are compared one by one, by slice, the worst first", () => {
  const body = JSON.stringify({
    input_data: {
      columns: ["age", "sex"],
      data: [
        [40, "f"],
        [50, "m"],
        [60, "f"],
      ],
    },
  });
  const found = compareAnswers({ tolerance: 0.1, slice: "sex" }, [
    pair(1, { answer: [0.1, 0.5, 0.9] }, { answer: [0.15, 0.9, 0.2] }, body),
    pair(2, { answer: { predictions: ["a"] } }, { answer: { predictions: ["b"] } }),
    pair(3, { answer: [1, 1] }, { error: "424: no", isModels: true }),
    pair(4, { error: "503", isModels: true }, { answer: [1] }),
    pair(6, { answer: [1] }, { error: "403", isModels: false }),
    pair(5, { answer: [1, 1] }, { answer: [1] }),
  ]);
  expect(found).toMatchObject({
    all: { failed: 7, total: 8 },
    slices: [
      { value: "f", failed: 1, total: 2 },
      { value: "m", failed: 1, total: 1 },
    ],
    unanswered: 2,
    unansweredBy: "the stable deployment answers 503",
    failed: 1,
  });
  expect(found.differences.slice(0, 2)).toEqual([
    { line: 2, row: 0, stable: "a", candidate: "b" },
    { line: 3, row: 0, stable: 1, candidate: "424: no" },
  ]);
  expect(found.differences.slice(-2)).toEqual([
    { line: 1, row: 2, slice: "f", stable: 0.9, candidate: 0.2, distance: expect.closeTo(0.7, 9) as number },
    { line: 1, row: 1, slice: "m", stable: 0.5, candidate: 0.9, distance: expect.closeTo(0.4, 9) as number },
  ]);
});

describe("the verdict", () => {
  const compared = { all: { failed: 30, total: 1000 }, slices: [], unanswered: 0, failed: 0, differences: [] };
  const slices = [
    { value: "no", failed: 5, total: 700 },
    { value: "yes", failed: 25, total: 300 },
  ];
  test.each([
    [{}, {}, "fail", "30 of 1000 predictions differ, 3 %, more than 2 %"],
    [{ maxPercent: 3 }, {}, "pass", "30 of 1000 predictions differ, 3 %, at most 3 %"],
    [{ maxPercent: 3, minSamples: 1001 }, {}, "inconclusive", "30 of 1000 predictions differ, 3 %, 1001 are needed"],
    [
      { maxPercent: 5, slice: "smoker", maxSlicePercent: 8 },
      { slices },
      "fail",
      "30 of 1000 predictions differ, 3 %, at most 5 %; smoker=yes 8.33 % of 300, more than 8 %; smoker=no 0.714 % of 700",
    ],
    [
      { maxPercent: 5, slice: "smoker", maxSlicePercent: 8, minSamples: 301 },
      { slices },
      "pass",
      "30 of 1000 predictions differ, 3 %, at most 5 %; smoker=no 0.714 % of 700; smoker=yes 8.33 % of 300",
    ],
    [
      {},
      { all: { failed: 0, total: 0 }, unanswered: 3, unansweredBy: "the candidate answers 403", failed: 2 },
      "inconclusive",
      "0 of 0 predictions differ, 0 %, 1 are needed; 2 requests not answered by it; 3 requests left out: the candidate answers 403",
    ],
  ])("%j %j: %s", (settings, found, verdict, numbers) => {
    expect(judgeComparison({ ...SETTINGS, ...settings }, { ...compared, ...found })).toMatchObject({
      verdict,
      numbers,
    });
  });
});

test.each([
  [1, 1.05, 0.1, 0],
  [1, 1.2, 0.1, 0.2],
  ["a", "a", 0, 0],
  ["1", 1, 5, Infinity],
  [[1, 2], [1, 4], 1, 2],
  [[1], [1, 2], 0, Infinity],
  [{ a: 1, b: "x" }, { b: "x", a: 1 }, 0, 0],
  [{ a: 1 }, { b: 1 }, 0, Infinity],
  [null, null, 0, 0],
  [null, 0, 0, Infinity],
])("%j and %j within %s are %s apart", (one, other, tolerance, apart) => {
  expect(distance(one, other, tolerance)).toBeCloseTo(apart, 9);
});

describe("a set of requests", () => {
  test("has one on each line, and its lines are counted as an editor does", () => {
    expect(readRequestSet('\uFEFF{"a":1}\r\n\n[2]\n')).toEqual([
      { line: 1, body: '{"a":1}' },
      { line: 3, body: "[2]" },
    ]);
  });

  test.each([
    ["", "has no request; write one on each line"],
    ["{", "line 1 is not JSON; write one request on each line"],
    ["{}\nno\n{}\n{", "lines 2, 4 are not JSON; write one request on each line"],
    [
      Array.from({ length: 8 }, () => "no").join("\n"),
      "lines 1, 2, 3, 4, 5 and 3 more are not JSON; write one request on each line",
    ],
  ])("%j", (text, problem) => {
    expect(() => readRequestSet(text)).toThrow(new RequestSetError(problem));
  });

  test.each<[object, readonly unknown[]]>([
    [
      {
        input_data: {
          columns: ["a", "b"],
          data: [
            [1, 2],
            [3, 4],
          ],
        },
      },
      [2, 4],
    ],
    [{ dataframe_split: { columns: ["b"], data: [[5]] } }, [5]],
    [{ dataframe_records: [{ b: 1 }, { a: 2 }] }, [1, undefined]],
    [{ inputs: { b: [1, 2, 3] } }, [1, 2, 3]],
    [[{ b: "x" }], ["x"]],
    [{ b: "x" }, ["x"]],
    [{ input_data: { columns: ["a"], data: [[1]] } }, []],
    [[{ a: 1 }], []],
    [{ inputs: [[1, 2]] }, []],
  ])("the column b of %j", (body, values) => {
    expect(columnOf(JSON.stringify(body), "b")).toEqual(values);
  });
});
