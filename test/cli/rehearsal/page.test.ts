import { describe, expect, test } from "vitest";
import { historyOf, metricSpan, rehearsalPage } from "../../../cli/rehearsal/page";
import { ABORTED, BEGIN, COMPLETED } from "../../support/rehearsalResult";

const NONE = { requests: { value: [] }, latency: { value: [] } };
const page = (result: typeof ABORTED) => ({
  result,
  endpointId: "/subscriptions/s/onlineEndpoints/heart-x7k2p",
  metrics: NONE,
  writtenAt: BEGIN,
});

describe("the page of a rehearsal", () => {
  test("has a step for each update, with the weights that it left", () => {
    expect(historyOf(page(ABORTED)).steps.map(({ text, isFailed, state }) => [text, isFailed, state?.traffic])).toEqual(
      [
        ["model-1 alone", false, { "model-1": 100 }],
        ["model-2 added", false, { "model-1": 100, "model-2": 0 }],
        ["model-1 100 → 90, model-2 0 → 10", false, { "model-1": 90, "model-2": 10 }],
        ["step 2 of 2 not done", true, undefined],
        ["model-1 90 → 100, model-2 10 → 0", false, { "model-1": 100, "model-2": 0 }],
      ],
    );
  });

  test("says how it ended, and that it is a rehearsal", () => {
    expect(historyOf(page(ABORTED)).views[0]).toMatchObject({
      stack: "rehearsal of organization/heart/dev",
      phase: "degraded",
      message: "aborted before step 2 of 2: model-1 has all of the traffic again",
      next: {
        text:
          "a rehearsal on the local Azure: 120 requests answered by model-2, 7 of them badly; 6 lost. " +
          "Nothing of the stack has changed",
      },
    });
  });

  test("asks Azure Monitor for all of its time", () => {
    expect(metricSpan(COMPLETED)).toEqual({ from: BEGIN, to: BEGIN + 91 * 60_000, interval: "PT1M" });
  });

  test("is the dashboard's, with its plots and nothing from elsewhere", () => {
    const text = rehearsalPage(page(COMPLETED));
    expect(text).toContain("completed: model-2 has all of the traffic");
    expect(text).toContain('id="plots"');
    expect(text).not.toMatch(/(src|href)="https?:/);
  });
});
