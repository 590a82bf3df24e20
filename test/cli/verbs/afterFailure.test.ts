import { expect, test } from "vitest";
import { outcomeOf } from "../../../cli/verbs/afterFailure";
import type { Failed, Outcome } from "../../../cli/verbs/afterFailure";
import { EXIT } from "../../../cli/terminal/exitCodes";

const traffic = (weight: number) => ({ traffic: { a: 100 - weight, b: weight }, mirrorTraffic: {} });
const STEP = { urn: "urn:step", name: "heart-traffic", op: "update", at: 0 };
const NOTHING: Failed["result"] = { written: [], running: [], errors: [], text: "" };
const failed: Failed = { result: NOTHING, leaves: traffic(10), live: undefined, stack: "dev", isInterrupted: false };
const refused = { ...NOTHING, errors: ["refused:\n  - traffic.b: rises from 0 to 50"] };
const wrote = { ...NOTHING, written: [STEP], errors: ["Status=500"] };

test.each<[what: string, Partial<Failed>, Outcome]>([
  [
    "Pulumi could not begin",
    { result: { ...NOTHING, text: " error: no such stack\n" } },
    { why: "the update did not begin: error: no such stack", exitCode: EXIT.failed, isKept: false, hasBegun: false },
  ],
  [
    "somebody else was quicker",
    { result: { ...NOTHING, text: "created by ann@host (pid 7) at 2026-01-02T03:04:05Z" } },
    {
      why: "dev is held by ann@host, pid 7, since 2026-01-02T03:04:05Z; nothing was written",
      ...{ exitCode: EXIT.conflict, isKept: false, hasBegun: false },
    },
  ],
  [
    "a hook refused",
    { result: refused },
    { why: "refused; nothing was written", exitCode: EXIT.refused, isKept: false, hasBegun: true },
  ],
  [
    "Ctrl+C before the first write",
    { result: refused, isInterrupted: true },
    { why: "interrupted; nothing was written", exitCode: EXIT.interrupted, isKept: false, hasBegun: true },
  ],
  [
    "the write failed, and the live weights are the old ones",
    { result: wrote, live: traffic(0) },
    {
      why: "the update failed, the live traffic is a 100, b 0",
      exitCode: EXIT.degraded,
      isKept: false,
      hasBegun: true,
    },
  ],
  [
    "the write failed for Pulumi, and the live weights are the new ones",
    { result: wrote, live: traffic(10) },
    {
      why: "the update failed after it had begun to write: the live traffic is a 90, b 10",
      ...{ exitCode: EXIT.degraded, isKept: true, hasBegun: true },
    },
  ],
  [
    "a write did not end, and nobody can tell what is live",
    { result: { ...NOTHING, running: [STEP] }, isInterrupted: true },
    {
      why: "the update failed after it had begun to write: Azure may have changed",
      ...{ exitCode: EXIT.interrupted, isKept: true, hasBegun: true },
    },
  ],
])("%s", (_, facts, expected) => {
  expect(outcomeOf({ ...failed, ...facts })).toEqual(expected);
});
