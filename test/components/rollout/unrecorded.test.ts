import { describe, expect, test } from "vitest";
import { RECORD_TAGS, endpointTags, presumedEarlier } from "../../../components/rollout/record";
import type { Weights } from "../../../components/rollout/weights";

const NOW = new Date("2026-11-24T12:00:00Z");
const LAST_WRITE = "2026-01-02T03:04:05Z";

function live(traffic: Weights, tags: Record<string, string> = { team: "cardiology" }) {
  return { traffic, mirrorTraffic: {}, tags, lastModifiedAt: LAST_WRITE };
}

/** The time of the last step in the tags of the next one. */
function changedAt(endpoint: ReturnType<typeof live>, declared: Weights): string | undefined {
  const state = { traffic: declared, mirrorTraffic: {} };
  return endpointTags({ declared: state, declaredTags: {}, live: endpoint, now: NOW })[RECORD_TAGS.changedAt];
}

describe("an endpoint without a record", () => {
  test("has its weights since its last write, so that nothing is to be written", () => {
    expect(changedAt(live({ blue: 90, green: 10 }), { blue: 90, green: 10 })).toBe(LAST_WRITE);
  });

  test.each<[string, Weights, Weights]>([
    ["other weights are declared", { blue: 90, green: 10 }, { blue: 50, green: 50 }],
    ["it serves nothing yet", {}, { blue: 0 }],
  ])("is written now when %s", (_, is, declared) => {
    expect(changedAt(live(is), declared)).toBe(NOW.toISOString());
  });

  test("is taken to be as it was left; one with a record is not", () => {
    const unrecorded = live({ blue: 100 });
    expect(presumedEarlier(unrecorded)).toEqual([unrecorded]);
    expect(presumedEarlier(live({ blue: 100 }, { [RECORD_TAGS.traffic]: "blue=90" }))).toEqual([]);
  });
});
