import { expect, test, vi } from "vitest";
import { withoutStacks } from "../../../components/pulumi/withoutStacks";

const LIMIT = Error.stackTraceLimit;

test("errors have no stack while resources are declared, and have one afterwards", () => {
  expect(withoutStacks(() => new Error("inside").stack)).toBe("Error: inside");
  expect(() =>
    withoutStacks(() => {
      throw new Error("defect");
    }),
  ).toThrow("defect");
  expect(Error.stackTraceLimit).toBe(LIMIT);
});

test("whoever looks for promises that never end gets the stacks", () => {
  vi.stubEnv("PULUMI_DEBUG_PROMISE_LEAKS", "1");
  expect(withoutStacks(() => new Error("inside").stack)).toContain("withoutStacks.test.ts");
});
