import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import {
  ACCEPTABLE_SETTINGS,
  checkLiveSettings,
  liveChanges,
  unchangedProperties,
} from "../../../components/rollout/liveSettings";

const LOAD = "90 % of the live traffic";
const KEYS = [...ACCEPTABLE_SETTINGS, "instanceType", "provisioningState", "properties", "a"];

const text = fc.string({ maxLength: 4 });
const anything = fc.dictionary(fc.constantFrom(...KEYS), fc.jsonValue({ maxDepth: 3 }));
const settings = fc.record(
  {
    model: text,
    environmentId: text,
    environmentVariables: fc.dictionary(fc.constantFrom("A", "B"), text),
    requestSettings: fc.record({
      requestTimeout: fc.constantFrom("PT5S", "PT9S"),
      maxConcurrentRequestsPerInstance: fc.nat(),
    }),
    livenessProbe: fc.record({ period: fc.constantFrom("PT5S", "PT9S"), failureThreshold: fc.nat() }),
    appInsightsEnabled: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe("whatever the properties are", () => {
  test("a deployment that is as it was written is never refused", () => {
    fc.assert(
      fc.property(settings, anything, (written, seen) => {
        expect(liveChanges({ before: written, written, seen, live: written })).toEqual([]);
      }),
    );
  });

  test("what is said to be unchanged is the same, and accepting every setting leaves nothing refused but the size", () => {
    fc.assert(
      fc.property(settings, settings, settings, (before, written, live) => {
        const changes = liveChanges({ before, written, seen: undefined, live });
        for (const { live: is, written: wanted } of changes) expect(is).not.toEqual(wanted);
        expect(checkLiveSettings("x", changes, LOAD, ACCEPTABLE_SETTINGS)).toEqual([]);
        for (const { key, elsewhere } of changes) {
          expect(elsewhere && checkLiveSettings("x", changes, LOAD, []).length === 0).toBe(false);
          expect(unchangedProperties(changes)).not.toContain(key);
        }
      }),
    );
  });

  test("they are judged, never thrown at", () => {
    fc.assert(
      fc.property(
        anything,
        anything,
        anything,
        fc.option(anything, { nil: undefined }),
        (before, written, live, seen) => {
          expect(Array.isArray(liveChanges({ before, written, live, seen }))).toBe(true);
        },
      ),
    );
  });
});
