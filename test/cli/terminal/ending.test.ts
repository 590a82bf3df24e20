import { CommanderError } from "commander";
import { describe, expect, test } from "vitest";
import { endingOf, usageLine } from "../../../cli/terminal/ending";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { Failure } from "../../../cli/terminal/failure";
import { Interrupted } from "../../../cli/stack/interruption";

describe("how a command ends that throws", () => {
  test.each([
    ["the help", new CommanderError(0, "commander.helpDisplayed", "(outputHelp)"), { exitCode: 0 }],
    ["the version", new CommanderError(0, "commander.version", "0.1.0"), { exitCode: 0 }],
    ["a usage error", new CommanderError(1, "commander.unknownOption", "error: x"), { exitCode: 2 }],
    ["a failure", new Failure("refused", EXIT.refused), { exitCode: 3, message: "mlflow-rollout: refused" }],
    ["a failure without a code", new Failure("no"), { exitCode: 1, message: "mlflow-rollout: no" }],
    [
      "Ctrl+C",
      new Interrupted("nothing was written"),
      {
        exitCode: 130,
        message: 'mlflow-rollout: interrupted, nothing was written; run "mlflow-rollout recover" again',
      },
    ],
    ["any other error", new TypeError("x is undefined"), { exitCode: 1, message: "mlflow-rollout: x is undefined" }],
    ["what is no error", "gone", { exitCode: 1, message: "mlflow-rollout: gone" }],
    [
      "what has a secret in it",
      new Error("GET https://blob/x?sig=abc%2Fdef failed with Bearer abcdefghijkl"),
      { exitCode: 1, message: "mlflow-rollout: GET https://blob/x?sig=[redacted] failed with Bearer [redacted]" },
    ],
  ])("%s", (_, error, ending) => {
    expect(endingOf(error)).toEqual(ending);
  });
});

describe("what commander says reads like every other error", () => {
  test.each([
    ["error: unknown command 'promot'\n(Did you mean promote?)\n", "unknown command 'promot'; did you mean promote?"],
    [
      "error: unknown option '--x'\n(Did you mean one of --a, --b?)",
      "unknown option '--x'; did you mean one of --a, --b?",
    ],
    ["error: unknown option '--bogus'\n", "unknown option '--bogus'; see mlflow-rollout x --help"],
    ["error: missing required argument 'shell'\n", "missing required argument 'shell'; see mlflow-rollout x --help"],
    [
      "error: too many arguments. Expected 0 arguments but got 1.\n",
      "too many arguments; expected 0 arguments but got 1",
    ],
    ["error: option '--token token=abc' is invalid. No.\n", "option '--token token=[redacted]' is invalid; no"],
  ])("%j", (text, line) => {
    expect(usageLine(text, "mlflow-rollout x --help")).toBe(`mlflow-rollout: ${line}`);
  });
});
