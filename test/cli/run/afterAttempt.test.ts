import { describe, expect, test } from "vitest";
import { afterAttempt, verdictOn } from "../../../cli/run/afterAttempt";
import { EXIT } from "../../../cli/terminal/exitCodes";
import type { ExitCode } from "../../../cli/terminal/exitCodes";

const FAIL =
  '  - rollout.gates.errors: fail: 5.1 % errors in 15 min, at most 1 %; give its weight back with "mlflow-rollout abort"';
const UNSURE = "  - rollout.gates.p95: inconclusive: 12 of 100 samples";
const BAKING = "  - traffic.model-2: must stay at 10 for 12 more min: rollout.bakeMinutes is 30, last step at noon";
const QUOTA = "  - quota: 4 cores are missing";
const CHANGED = "  - traffic: the live traffic is a=1, it was changed elsewhere";
const HEAD = "the traffic step is refused:";

test.each([
  ["a gate that fails", [FAIL], "fail", EXIT.aborted, "gate errors fail: 5.1 % errors in 15 min, at most 1 %"],
  [
    "one of two gates that fails",
    [UNSURE, FAIL],
    "fail",
    EXIT.aborted,
    "gate errors fail: 5.1 % errors in 15 min, at most 1 %",
  ],
  [
    "a gate that fails during the bake time",
    [BAKING, FAIL],
    "fail",
    EXIT.aborted,
    "gate errors fail: 5.1 % errors in 15 min, at most 1 %",
  ],
  ["a gate that is inconclusive", [UNSURE], "inconclusive", EXIT.held, "gate p95 inconclusive: 12 of 100 samples"],
  [
    "the same during the bake time",
    [BAKING, UNSURE],
    "inconclusive",
    EXIT.held,
    "gate p95 inconclusive: 12 of 100 samples",
  ],
  ["a bake time", [BAKING], "inconclusive", EXIT.waiting, BAKING.trim().slice(2)],
  ["a gate that is inconclusive, and a rule", [UNSURE, QUOTA], "refused", EXIT.refused, "quota: 4 cores are missing"],
  ["a rule", [QUOTA], "refused", EXIT.refused, "quota: 4 cores are missing"],
  [
    "a gate that fails on weights that somebody changed",
    [FAIL, CHANGED],
    "refused",
    EXIT.conflict,
    CHANGED.trim().slice(2),
  ],
] as const)("%s", (_, lines, kind, exitCode, message) => {
  expect(verdictOn([[HEAD, ...lines].join("\n")])).toEqual({ kind, exitCode, message });
});

test("what is no refusal of a rule is said as it is", () => {
  expect(verdictOn(["error: the passphrase is wrong"])).toEqual({
    kind: "refused",
    exitCode: EXIT.refused,
    message: "error: the passphrase is wrong",
  });
});

describe("after an update that was not made", () => {
  const after = (kind: "promote" | "abort" | "finish", exitCode: ExitCode, refusals?: readonly string[]) =>
    afterAttempt(
      { kind, message: "x" },
      { exitCode, done: false, configRestored: true, message: "why", ...(refusals && { refusals }) },
    );

  test.each([
    ["a gate fails", after("promote", EXIT.refused, [FAIL]), { kind: "abort" }],
    ["a gate is inconclusive", after("promote", EXIT.refused, [UNSURE]), { kind: "hold", by: "gate" }],
    ["a rule refuses", after("promote", EXIT.refused, [QUOTA]), { kind: "end", exitCode: EXIT.refused }],
    ["somebody holds the stack", after("promote", EXIT.conflict), { kind: "wait", on: "update" }],
    ["Azure failed in the middle", after("promote", EXIT.degraded), { kind: "end", exitCode: EXIT.degraded }],
    ["the way back fails", after("abort", EXIT.refused, [FAIL]), { kind: "end", exitCode: EXIT.refused }],
    ["the end is refused", after("finish", EXIT.refused, [QUOTA]), { kind: "end", exitCode: EXIT.refused }],
  ])("%s", (_, turn, expected) => {
    expect(turn).toMatchObject(expected);
  });

  test("nothing is left to do after one that was made", () => {
    expect(
      afterAttempt({ kind: "promote", message: "x" }, { exitCode: 0, done: true, configRestored: false, message: "" }),
    ).toBeUndefined();
  });
});
