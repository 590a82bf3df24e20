import { expect, test } from "vitest";
import { changedInFuture, describeFutureChange } from "../../../components/rollout/changeTime";
import { NOW } from "../../support/stepRequest";

test.each<[string | undefined, boolean]>([
  [undefined, false],
  ["yesterday", false],
  ["2026-11-24T11:59:59Z", false],
  ["2026-11-24T12:05:00Z", false],
  ["2026-11-24T12:05:00.001Z", true],
  ["2026-11-24T13:05:00+01:00", false],
  ["2026-11-24T12:06:00+00:00", true],
  ["2099-01-01T00:00:00Z", true],
])("a step of %s is in the future: %s", (changedAt, future) => {
  expect(changedInFuture(changedAt, NOW)).toBe(future);
  const said = future ? `the last step is dated ${changedAt}, which is in the future and counts as now` : undefined;
  expect(describeFutureChange(changedAt, NOW)).toBe(said);
});
