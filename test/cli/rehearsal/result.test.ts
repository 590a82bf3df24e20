import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { outcomeOf } from "../../../cli/rehearsal/outcome";
import { exitCodeOf, stageResult } from "../../../cli/rehearsal/result";
import type { StageResult } from "../../../cli/rehearsal/result";
import { addAnswer, emptyTally, quantile, together } from "../../../cli/rehearsal/tally";
import { endText, stageText } from "../../../cli/rehearsal/text";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { ABORTED, COMPLETED, doneStage, resultOf } from "../../support/rehearsalResult";

const CAST = { stable: "model-1", candidate: "model-2" };
const answer = (deployment: string | undefined, status = 200, body: unknown = [1], milliseconds?: number) => ({
  status,
  deployment,
  milliseconds,
  body,
});

describe("requests are counted", () => {
  test("an error is lost, a wrong answer is not, and nobody's answer is no deployment's", () => {
    const tally = emptyTally();
    for (const each of [
      answer("model-1", 200, [1], 2),
      answer("model-2", 424),
      answer("model-2", 200, [0], 4),
      answer("model-2", 200, [1], 3),
      answer(undefined, 0),
    ])
      addAnswer(tally, each, { "model-1": [1], "model-2": [1] });
    expect(tally).toEqual({
      requests: 5,
      lost: 2,
      deployments: {
        "model-1": { requests: 1, errors: 0, wrong: 0, latencies: [2] },
        "model-2": { requests: 3, errors: 1, wrong: 1, latencies: [4, 3] },
      },
    });
  });

  test("a model without a right answer gives no wrong one", () => {
    const tally = emptyTally();
    addAnswer(tally, answer("model-1", 200, Math.random()), {});
    expect(tally.deployments["model-1"]).toMatchObject({ errors: 0, wrong: 0 });
  });

  property.prop([fc.array(fc.constantFrom("model-1", "model-2")), fc.array(fc.constantFrom("model-1", "model-3"))])(
    "two tallies together are one of all requests",
    (some, others) => {
      const of = (names: readonly string[]) => {
        const tally = emptyTally();
        for (const [index, name] of names.entries()) addAnswer(tally, answer(name, index % 3 === 0 ? 424 : 200), {});
        return tally;
      };
      const both = together(of(some), of(others));
      expect(both.requests).toBe(some.length + others.length);
      expect(both.lost).toBe(of(some).lost + of(others).lost);
      const counted = Object.values(both.deployments).reduce((sum, { requests }) => sum + requests, 0);
      expect(counted).toBe(both.requests);
    },
  );

  test.each([
    [[], 0.5, undefined],
    [[5], 0.95, 5],
    [[4, 1, 3, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.95, 4],
  ])("of %j, %f is %s", (values, share, expected) => {
    expect(quantile(values, share)).toBe(expected);
  });
});

describe("an update ends", () => {
  const ended = (errors: readonly string[], written: readonly unknown[] = []) =>
    outcomeOf({ code: 255, errors, written, text: "error: something\n" });
  const refusal = (...lines: readonly string[]) => `before hook "heart:traffic" failed: refused:\n${lines.join("\n")}`;

  test.each([
    ["by a gate that fails", refusal("  - rollout.gates.errors: fail: model-2: 5 %"), "fail"],
    [
      "by a gate that fails beside one that has too little",
      refusal("  - rollout.gates.smoke: inconclusive: none", "  - rollout.gates.errors: fail: model-2: 5 %"),
      "fail",
    ],
    ["by a gate that has too little", refusal("  - rollout.gates.errors: inconclusive: 12 requests"), "inconclusive"],
    ["by a rule", refusal("  - traffic.model-2: must stay at 10"), "refused"],
    [
      "by a rule beside a gate",
      refusal("  - traffic.model-2: must stay at 10", "  - rollout.gates.errors: fail: 5 %"),
      "refused",
    ],
    ["by Azure", "the create of deployment model-2 failed", "failed"],
  ])("%s", (_, error, kind) => {
    expect(ended([error]).kind).toBe(kind);
  });

  test("with all that was broken as its reasons", () => {
    expect(ended([refusal("  - traffic.b: must stay at 10", "  - traffic.c: no")])).toEqual({
      kind: "refused",
      reasons: ["traffic.b: must stay at 10", "traffic.c: no"],
    });
  });

  test("without a word of the engine with what it printed", () => {
    expect(ended([])).toEqual({ kind: "failed", reasons: ["error: something"] });
  });

  test("well", () => {
    expect(outcomeOf({ code: 0, errors: [], written: [1], text: "" })).toEqual({ kind: "done" });
  });

  test("refused after something was written is a failure", () => {
    expect(ended([refusal("  - traffic.b: must stay at 10")], ["a resource"]).kind).toBe("failed");
  });
});

describe("a stage", () => {
  const stage = {
    kind: "step",
    step: 1,
    title: "step 1 of 2",
    edits: [],
    leaves: { traffic: {}, mirrorTraffic: {} },
    weight: 50,
    mirrored: 0,
    minutes: 1,
  } as const;
  const tallyOf = (requests: number, candidate: number) => {
    const tally = emptyTally();
    for (let sent = 0; sent < requests; sent += 1)
      addAnswer(tally, answer(sent < candidate ? "model-2" : "model-1"), {});
    return tally;
  };
  const observed = (after: ReturnType<typeof tallyOf> | undefined) =>
    stageResult(
      {
        stage,
        outcome: { kind: "done" },
        verdicts: [],
        asked: 1,
        during: tallyOf(10, 5),
        after,
        copies: undefined,
        from: 0,
        updatedAt: 1,
        to: 2,
      },
      CAST,
    );

  test.each([
    [500, true],
    [430, false],
  ])("of which the candidate answers %i of 1000 at 50 %%: declared %s", (candidate, isAsDeclared) => {
    expect(observed(tallyOf(1000, candidate))).toMatchObject({
      split: { requests: 1000, candidate, isAsDeclared },
      requests: 1010,
      exposed: { requests: candidate + 5, bad: 0 },
    });
  });

  test("that was not done has no split", () => {
    expect(observed(undefined)).not.toHaveProperty("split");
  });
});

describe("a rehearsal ends", () => {
  const of = (changes: Partial<StageResult>) => resultOf([doneStage(0), doneStage(1, changes)]);
  test.each([
    [COMPLETED, "completed", EXIT.done],
    [ABORTED, "aborted", EXIT.refused],
    [of({ lost: 1 }), "completed", EXIT.degraded],
    [of({ exposed: { requests: 9, bad: 1 } }), "completed", EXIT.degraded],
    [of({ outcome: "inconclusive" }), "held", EXIT.waiting],
    [of({ outcome: "refused" }), "refused", EXIT.refused],
    [of({ outcome: "failed" }), "failed", EXIT.degraded],
  ])("%# as %s with exit code %i", (result, ending, exitCode) => {
    expect([result.result, exitCodeOf(result)]).toEqual([ending, exitCode]);
  });

  test("with the numbers that --json has", () => {
    expect(ABORTED).toMatchObject({
      steps: 1,
      seconds: 41.5,
      lostRequests: 6,
      result: "aborted",
      exposed: { requests: 120, bad: 7 },
    });
  });
});

describe("what a person reads", () => {
  const shown = ({ stages }: typeof ABORTED) => stages.map((stage) => stageText(stage, "model-2")).join("\n");

  test("of a rehearsal that is aborted", () => {
    expect(`${shown(ABORTED)}\n\n${endText(ABORTED)}\n`).toBe(
      [
        "start   model-2 with weight 0",
        "step 1 of 2  model-2 to 10 %",
        "    rules    weights kept",
        "    gate     errors pass",
        "    split    10.4 % of 1000 requests, 99.9 % interval 7.6 to 14.0: 10 lies in it",
        "    errors   model-1 0 of 1080, model-2 6 and 1 wrong answer of 120; 6 requests lost",
        "    latency  model-1 p50 0.4 ms, p95 3.1 ms, model-2 p50 301 ms, p95 310 ms",
        "    exposed  120 requests answered by model-2, 7 of them badly",
        "step 2 of 2  model-2 to 100 %: stopped by a gate",
        "    held     gates had too little to go on, and were asked 2 times",
        "    exposed  0 requests answered by model-2, 0 of them badly",
        "    fail     rollout.gates.errors: fail: model-2: 5.2 % of 480 requests failed, at most 1 %",
        "abort   model-2 back to 0",
        "",
        "aborted before step 2 of 2: model-1 has all of the traffic again",
        "    1 step, 6 requests lost, 120 answered by model-2, 7 of them badly, 41.5 s",
        "",
      ].join("\n"),
    );
  });

  test("of copies", () => {
    const mirror = doneStage(1, { kind: "mirror", mirrored: 20, copies: { requests: 214, errors: 1 } });
    expect(stageText(mirror, "model-2")).toBe(
      [
        "mirror  20 % of the requests are copied to model-2",
        "    copies   214 answered by the candidate, 1 error; callers see none",
      ].join("\n"),
    );
  });

  test("of a share that is not the declared one", () => {
    const split = { requests: 1000, candidate: 430, interval: [0.379, 0.482], isAsDeclared: false } as const;
    expect(stageText(doneStage(1, { weight: 50, split }), "model-2")).toContain(
      "    split    43.0 % of 1000 requests, 99.9 % interval 37.9 to 48.2: 50 does NOT lie in it",
    );
  });

  test.each([
    [COMPLETED, "completed: model-2 has all of the traffic"],
    [resultOf([doneStage(1, { lost: 1 })]), "completed, and nothing stopped it: model-2 has all of the traffic"],
    [resultOf([doneStage(1, { outcome: "fail" })]), "stopped before step 1 of 2: model-2 had no traffic yet"],
    [resultOf([doneStage(1, { outcome: "inconclusive" })]), "held before step 1 of 2: a gate had too little to go on"],
    [resultOf([doneStage(1, { outcome: "refused" })]), "refused at step 1 of 2; nothing was written"],
    [resultOf([doneStage(1, { outcome: "failed" })]), "failed at step 1 of 2"],
    [
      resultOf([doneStage(0, { kind: "start", outcome: "failed" })]),
      "failed: model-2 could not be deployed; model-1 has all of the traffic",
    ],
  ])("of the end: %#", (result, line) => {
    expect(endText(result).split("\n")[0]).toBe(line);
  });
});
