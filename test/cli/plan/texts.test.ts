import { describe, expect, test } from "vitest";
import { planMarkdown } from "../../../cli/plan/planMarkdown";
import { planText } from "../../../cli/plan/planText";
import type { PlanReport } from "../../../cli/plan/report";

const NOW = new Date("2026-11-30T12:00:00Z");

function report(changed: Partial<PlanReport>): PlanReport {
  return {
    schemaVersion: 1,
    stack: "org/heart/prod",
    verdict: "ok",
    says: [{ component: "heart", lines: ["traffic  old 100 -> 90, new 0 -> 10 (10 points move)"] }],
    refusals: [],
    failures: [],
    warnings: [],
    changes: { update: 1 },
    removals: [],
    position: "step 1 of 2",
    stages: [
      { kind: "weight", deployment: "new", percent: 100, earliest: "2026-11-30T12:30:00.000Z" },
      { kind: "remove", deployment: "old", earliest: "2026-11-30T12:00:00.000Z" },
    ],
    ...changed,
  };
}

const REFUSED = report({
  verdict: "refused",
  says: [],
  refusals: [{ path: "traffic.new", reason: "rises by <b>60</b> | `x`\nsee #12 @team https://evil.example [a](b)" }],
  stages: [],
});

describe("the plan at a terminal", () => {
  test("says what happens, then what comes after", () => {
    const text = planText(
      report({ removals: [{ op: "delete", type: "Blob", name: "b" }], warnings: ["careful"] }),
      NOW,
    );
    expect(text).toContain("stack org/heart/prod\n\n  traffic  old 100 -> 90, new 0 -> 10 (10 points move)");
    expect(text).toContain("  resources  1 to update\n\n  warning    deletes Blob b\n\n  warning    careful");
    expect(text).toMatch(
      /after this: step 1 of 2; then, at the earliest\n {2}100 % to new {2}from .* \(in 30 minutes\)\n {2}remove old +now$/,
    );
  });

  test("lists refusals, and no control character gets through", () => {
    const text = planText({ ...REFUSED, refusals: [{ path: "a", reason: "\u001B[2Jgone" }] }, NOW);
    expect(text).toBe("stack org/heart/prod\n\nrefused, nothing would be written:\n  - a: gone");
  });

  test("names components where there are several, and what a paused rollout waits for", () => {
    const says = ["heart", "stroke"].map((component) => ({ component, lines: ["traffic"] }));
    const text = planText(report({ says, paused: "freeze", changes: {} }), NOW);
    expect(text).toContain("  heart:\n  traffic\n\n  stroke:\n  traffic");
    expect(text).toContain("resources  nothing changes");
    expect(text).toContain("step 1 of 2, paused (freeze)");
  });

  test("a preview that fails is told as it is", () => {
    expect(planText(report({ verdict: "failed", says: [], failures: ["a\nb"], stages: [] }), NOW)).toContain(
      "the preview fails:\n  a\n  b",
    );
  });
});

describe("the plan as a comment", () => {
  test("begins with the line that a bot finds it by, and has the stages as a table", () => {
    const text = planMarkdown(report({}));
    expect(text.split("\n")[0]).toBe("<!-- mlflow-rollout plan org/heart/prod -->");
    expect(text).toContain("```text\ntraffic  old 100 -> 90, new 0 -> 10 (10 points move)\n```");
    expect(text).toContain("| next | at the earliest |\n| --- | --- |\n| 100 % to new | 2026-11-30 12:30 UTC |");
  });

  test("nothing in a refusal is markup, mentions anybody or links anywhere", () => {
    const [line = ""] = /^- \*\*.*$/m.exec(planMarkdown(REFUSED)) ?? [];
    expect(line).toContain("**traffic.new**: rises by &lt;b\\>60&lt;/b\\> \\| \\`x\\` see #<!-- -->12 @<!-- -->team");
    expect(line).not.toMatch(/@\w|#\d|:\/\/|[^\\]\[a/);
  });

  test("no text ends the fence that it stands in", () => {
    const text = planMarkdown(report({ says: [{ component: "heart", lines: ["````", "# big"] }] }));
    expect(text).toContain("`````text\n````\n# big\n`````");
  });

  test("the name of a stack does not end the hidden line", () => {
    const [first = ""] = planMarkdown(report({ stack: "org/a--><b>/x" })).split("\n");
    expect(first.slice(4, -3)).not.toMatch(/--|[<>]/);
  });

  test("no secret gets into it, and it is never too long", () => {
    const failures = [`Bearer abcdefghijkl ${"x".repeat(10)}`];
    expect(planMarkdown(report({ verdict: "failed", failures }))).toContain("Bearer [redacted]");
    const refusals = Array.from({ length: 5000 }, (_, at) => ({ path: `p${at}`, reason: "long ".repeat(20) }));
    const text = planMarkdown({ ...REFUSED, refusals });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("too long for a comment");
  });
});
