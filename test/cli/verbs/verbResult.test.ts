import { expect, test } from "vitest";
import { failedResult } from "../../../cli/verbs/verbResult";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { Failure } from "../../../cli/terminal/failure";
import { openedRollout } from "../../support/openedRollout";

const promote = { verb: "promote", stack: "dev", component: "heart" };

test("a verb that could not open the stack says what was typed", () => {
  expect(failedResult(promote, undefined, new Failure("no", EXIT.usage))).toEqual({
    ...promote,
    moves: [],
    exitCode: EXIT.usage,
    done: false,
    configRestored: true,
    message: "no",
  });
  expect(failedResult({ verb: "abort" }, undefined, "gone")).toMatchObject({
    stack: "",
    component: "",
    exitCode: EXIT.failed,
    message: "gone",
  });
});

test("one that opened it names it in full, and hides what is secret", () => {
  const rollout = openedRollout("config: {}\n", { traffic: {} });
  const result = failedResult({ verb: "promote" }, rollout, new Error("GET https://x?sig=abc failed"));
  expect(result).toMatchObject({
    stack: "organization/heart/dev",
    component: "heart",
    message: "GET https://x?sig=[redacted] failed",
  });
  // The file of this stack is gone by now, so it is not as it was.
  expect(result.configRestored).toBe(false);
});
