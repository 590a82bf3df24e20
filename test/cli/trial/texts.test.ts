import { expect, test } from "vitest";
import type { TriedDeployment } from "../../../cli/trial/answers";
import { jsonText, trialText } from "../../../cli/trial/texts";

const STABLE: TriedDeployment = {
  deployment: "model-1",
  role: "stable",
  state: "Succeeded",
  requests: 5,
  failed: 0,
  answer: [0.12, 0.88],
  latencyP50: 12,
};
const TRIED: TriedDeployment = {
  ...STABLE,
  deployment: "model-2",
  role: "candidate",
  answer: [0.1, 0.9],
  latencyP50: 4.56,
};
const text = (result: Partial<Parameters<typeof trialText>[0]>): string =>
  trialText({
    schemaVersion: 1,
    stack: "s",
    endpoint: "heart",
    sample: "sample-request.json",
    tried: TRIED,
    ...result,
  });

test("two answers stand side by side", () => {
  expect(text({ stable: STABLE, isEqual: false })).toBe(`\
             model-1 (stable)  model-2 (candidate)
answer       [0.12, 0.88]      [0.1, 0.9]
latency p50  12 ms             4.6 ms
answers differ
5 requests each, from sample-request.json`);
});

test("what fails is told below, with the state of what is not ready", () => {
  const { answer: _, latencyP50: __, ...none } = TRIED;
  const failing: TriedDeployment = { ...none, state: "Failed", failed: 5, error: "503: no container" };
  expect(text({ stable: STABLE, tried: failing })).toBe(`\
             model-1 (stable)  model-2 (candidate)
state        Succeeded         Failed
answer       [0.12, 0.88]      none
latency p50  12 ms             none
failed       0 of 5            5 of 5
model-2: 503: no container
5 requests each, from sample-request.json`);
});

test("a single one stands alone", () => {
  const tried = { ...STABLE, role: "other", requests: 1, answer: null } as const;
  expect(text({ tried })).toBe(`\
             model-1
answer       null
latency p50  12 ms
1 request, from sample-request.json`);
});

test("what a service says is short, on one line, and moves no cursor", () => {
  const long = `\u001b[2Jboo\n${"x".repeat(300)}`;
  const lines = text({ tried: { ...TRIED, answer: long, error: long, failed: 1 } }).split("\n");
  expect(lines[1]).toBe(`answer       boo ${"x".repeat(60 - 3 - 4)}...`);
  expect(lines[4]).toBe(`model-2: boo ${"x".repeat(200 - 3 - 4)}...`);
  expect(lines).toHaveLength(6);
});

test.each([
  [[1, [2, { a: "b,\n c" }]], '[1, [2, {"a": "b,\\n c"}]]'],
  [[], "[]"],
  ["text", "text"],
  [undefined, "nothing"],
])("%j is written as %s", (value, expected) => {
  expect(jsonText(value)).toBe(expected);
});
