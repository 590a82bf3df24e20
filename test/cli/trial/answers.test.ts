import { describe, expect, test } from "vitest";
import { isSameAnswer, median, triedDeployment } from "../../../cli/trial/answers";
import type { Reply } from "../../../components/azure/scoringRequest";
import { exitCodeOf } from "../../../cli/trial/trial";

const TRIED = { name: "green", role: "candidate", state: "Succeeded" } as const;
const ok = (text: string, milliseconds = 10): Reply => ({ status: 200, headers: {}, text, milliseconds });
const of = (...replies: readonly Reply[]) => triedDeployment(TRIED, replies);

describe("a deployment", () => {
  test("that answers has its first answer and the median of its latency", () => {
    expect(of(ok("[0.1, 0.9]", 30), ok("[0.2]", 12.346), ok("[0.3]", 1))).toEqual({
      deployment: "green",
      role: "candidate",
      state: "Succeeded",
      requests: 3,
      failed: 0,
      answer: [0.1, 0.9],
      latencyP50: 12.35,
    });
  });

  test.each<[string, Partial<Reply>, string]>([
    [
      "its model refuses",
      { status: 424, headers: { "ms-azureml-model-error-statuscode": "400" }, text: '{"message": "no column age"}' },
      "424, the model answers 400: no column age",
    ],
    ["the service fails", { status: 500, text: '{"error": {"code": "x", "message": "oh"}}' }, "500: oh"],
    ["the gateway answers text", { status: 503, text: " busy\n" }, "503: busy"],
    ["it says nothing", { status: 401, text: "" }, "401"],
    [
      "nobody answers",
      { text: "heart.example does not answer: connect ECONNREFUSED" },
      "heart.example does not answer: connect ECONNREFUSED",
    ],
    [
      "another one answers",
      { status: 200, headers: { "azureml-model-deployment": "blue" }, text: "[1]" },
      "answered by blue, which was not asked",
    ],
    [
      "the error tells a secret",
      { status: 500, text: "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x was refused" },
      "500: Bearer [redacted] was refused",
    ],
  ])("fails when %s", (_, reply, error) => {
    const failed: Reply = { headers: {}, text: "", milliseconds: 1, ...reply };
    expect(of(ok("[1]"), failed)).toMatchObject({ requests: 2, failed: 1, answer: [1], error, latencyP50: 10 });
    const { answer, latencyP50, ...none } = of(failed);
    expect([answer, latencyP50, none.failed]).toEqual([undefined, undefined, 1]);
  });

  test("may be answered for under another case of its name", () => {
    expect(of({ ...ok("[1]"), headers: { "azureml-model-deployment": "GREEN" } }).failed).toBe(0);
  });
});

test.each([
  ["[1, 2]", "[1,2]", true],
  ['{"a": 1, "b": 2}', '{"b": 2, "a": 1}', true],
  ["[1]", "[1.0000001]", false],
  ["null", "null", true],
  ["plain text", "plain text", true],
])("%s and %s are the same answer: %j", (one, other, same) => {
  expect(isSameAnswer(of(ok(one)), of(ok(other)))).toBe(same);
});

test("without two answers nothing is compared", () => {
  expect(isSameAnswer(of(ok("[1]")), undefined)).toBeUndefined();
  expect(isSameAnswer(of(ok("[1]")), of({ text: "no", milliseconds: 1 }))).toBeUndefined();
});

test.each([
  [[], undefined],
  [[3], 3],
  [[4, 2], 3],
  [[9, 1, 5], 5],
  [[0, 0], 0],
])("the median of %j is %j", (values, expected) => {
  expect(median(values)).toBe(expected);
});

test.each([
  ["all answer", [{ failed: 0, state: "Failed" }], 0],
  [
    "one fails",
    [
      { failed: 1, state: "Succeeded" },
      { failed: 0, state: "Succeeded" },
    ],
    7,
  ],
  [
    "what fails is still being made",
    [
      { failed: 5, state: "Creating" },
      { failed: 0, state: "Succeeded" },
    ],
    6,
  ],
  [
    "the other one fails too",
    [
      { failed: 5, state: "Creating" },
      { failed: 1, state: "Succeeded" },
    ],
    7,
  ],
])("when %s, the command ends so: %j %d", (_, all, code) => {
  expect(exitCodeOf(all)).toBe(code);
});
