import { expect, test } from "vitest";
import { readConfig } from "../../support/configText";

test.each<[string, unknown, unknown]>([
  [
    "as they stand in the stack file",
    { smoke: { request: { predictions: 1 } } },
    { smoke: { request: { predictions: 1 } } },
  ],
  [
    "with numbers, switches and lists that were stored as text",
    {
      errors: { errors: { maxPercent: "1.5", minSamples: "100" }, dryRun: "true" },
      check: { command: { run: '["python", "check.py", 5]', timeoutSeconds: "30" } },
    },
    {
      errors: { errors: { maxPercent: 1.5, minSamples: 100 }, dryRun: true },
      check: { command: { run: ["python", "check.py", "5"], timeoutSeconds: 30 } },
    },
  ],
  [
    "with text that looks like a number",
    { ready: { http: { url: "https://a.example", at: 0, equals: 1 } }, sex: { compare: { data: "1", slice: 7 } } },
    {
      ready: { http: { url: "https://a.example", at: "0", equals: "1" } },
      sex: { compare: { data: "1", slice: "7" } },
    },
  ],
  [
    "with what the rules name",
    { a: 5, b: { command: { run: "ls -l" } }, c: null },
    { a: 5, b: { command: { run: "ls -l" } }, c: null },
  ],
  ["that are none", "soon", "soon"],
])("gates %s", (_, gates, read) => {
  expect(readConfig({ rollout: { gates } })).toEqual({
    values: { deployments: {}, rollout: { gates: read } },
    lines: [],
  });
});
