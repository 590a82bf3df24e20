import { expect, test } from "vitest";
import { checkVerdicts, describeGate, verdictOf } from "../../../components/gates/verdict";
import type { Finding } from "../../../components/gates/verdict";
import { gatesOf } from "../../../components/settings/gates";

const [GATE, DRY] = gatesOf({
  errors: { errors: { maxPercent: 1 } },
  dry: { errors: { maxPercent: 1 }, dryRun: true },
});
const FAILED: Finding = {
  verdict: "fail",
  numbers: "5.2 % of 480 requests failed, more than 1 %",
  window: "10:00Z to 10:30Z",
  source: "Azure Monitor",
};

function said(finding: Finding): readonly [readonly string[], readonly object[]] {
  const verdicts = [GATE, DRY].flatMap((gate) => (gate === undefined ? [] : [verdictOf(gate, "green", finding)]));
  return [verdicts.map(describeGate), checkVerdicts(verdicts)];
}

test("a gate that fails is a line and a violation, one of a dry run is a line", () => {
  const evidence = "green: 5.2 % of 480 requests failed, more than 1 % (10:00Z to 10:30Z, Azure Monitor)";
  const todo = 'give its weight back with "mlflow-rollout abort", or leave it where it is and look at the model';
  expect(said(FAILED)).toEqual([
    [`gate     errors fail: ${evidence}`, `gate     dry fail (dry run): ${evidence}`],
    [{ path: "rollout.gates.errors", reason: `fail: ${evidence}; ${todo}` }],
  ]);
});

test("one that is inconclusive says what to do", () => {
  const found: Finding = {
    verdict: "inconclusive",
    numbers: "3 of 100 requests",
    source: "Azure Monitor",
    todo: "wait",
  };
  expect(said(found)[1]).toEqual([
    { path: "rollout.gates.errors", reason: "inconclusive: green: 3 of 100 requests (Azure Monitor); wait" },
  ]);
});

test.each(["pass", "not asked"] as const)("%s refuses nothing", (verdict) => {
  expect(said({ ...FAILED, verdict })[1]).toEqual([]);
});

test("what a service says stays on its line", () => {
  const numbers = "answers 500: no\n  - traffic: \u001B[2Jmust\tgo ";
  expect(said({ verdict: "fail", numbers, source: "command a\nb" })[0][0]).toBe(
    "gate     errors fail: green: answers 500: no - traffic: [2Jmust go (command a b)",
  );
});
