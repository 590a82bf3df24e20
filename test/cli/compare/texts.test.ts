import { expect, test } from "vitest";
import { exitCodeOf } from "../../../cli/compare/compare";
import { compareText } from "../../../cli/compare/texts";

type Compared = Parameters<typeof compareText>[0];

const COMPARED: Compared = {
  schemaVersion: 1,
  stack: "acme/heart/prod",
  endpoint: "heart-x7k2p",
  deployment: "model-2",
  stable: "model-1",
  data: "requests.jsonl",
  requests: 1000,
  tolerance: 0,
  all: { failed: 30, total: 1000 },
  slices: [],
  unanswered: 0,
  failed: 0,
};

test("the rate, and where the worst are", () => {
  expect(compareText({ ...COMPARED, worst: "worst.jsonl" })).toBe(`\
model-2 beside model-1, 1000 requests from requests.jsonl
30 of 1000 predictions differ, 3 %
the worst are in worst.jsonl`);
});

test("with a limit, slices, and requests that are not answered", () => {
  const slices = [
    { value: "no", failed: 21, total: 700 },
    { value: "yes", failed: 9, total: 300 },
  ];
  expect(
    compareText({
      ...COMPARED,
      maxPercent: 2,
      slice: "smoker",
      slices,
      failed: 2,
      unanswered: 1,
      unansweredBy: "503: no",
    }),
  ).toBe(`\
model-2 beside model-1, 1000 requests from requests.jsonl
30 of 1000 predictions differ, 3 %, more than 2 %
2 requests were not answered by model-2; their predictions count as different
1 request is left out: 503: no

SMOKER  PREDICTIONS  DIFFER  SHARE
no              700      21    3 %
yes             300       9    3 %
`);
});

test("nothing to compare, and a column that is not there", () => {
  expect(
    compareText({
      ...COMPARED,
      requests: 1,
      all: { failed: 0, total: 0 },
      slice: "age",
      maxPercent: 2,
      unanswered: 1,
      unansweredBy: "503: no",
    }),
  ).toBe(`\
model-2 beside model-1, 1 request from requests.jsonl
nothing could be compared
1 request is left out: 503: no
no request has a column age`);
});

test.each([
  [{ failed: 30, total: 1000 }, undefined, 0],
  [{ failed: 30, total: 1000 }, 3, 0],
  [{ failed: 31, total: 1000 }, 3, 1],
  [{ failed: 0, total: 0 }, undefined, 1],
])("%j with at most %s %% ends with %s", (all, maxPercent, code) => {
  expect(exitCodeOf({ all }, maxPercent)).toBe(code);
});
