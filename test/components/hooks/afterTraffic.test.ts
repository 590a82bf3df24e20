import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { afterTraffic } from "../../../components/hooks/traffic";
import { liveEndpoint, rollout, trafficInputs } from "../../support/hooks";
import { NOT_FOUND, azureError } from "../../support/mockedAzure";
import type { Answers } from "../../support/mockedAzure";

/** Longer than anything here waits. All timers of the process, which are those of other files too, may have no end. */
const AN_HOUR_MS = 3_600_000;

const WRITTEN = { default: 90, green: 10 };
const OLD = liveEndpoint({ traffic: { default: 100 } });
const NEW = liveEndpoint({ traffic: WRITTEN });
const UNREADABLE = azureError(503, "ServiceUnavailable", "Try again.");

type Reading = Answers[string];

const info = vi.spyOn(pulumi.log, "info");

beforeEach(() => {
  info.mockReset().mockResolvedValue();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Verifies a write while Azure shows one reading after the other, the last one for ever. */
async function verify(
  readings: readonly [Reading, ...Reading[]],
  { traffic = WRITTEN, mirrorTraffic = {}, verifyTimeoutSeconds = 300 } = {},
) {
  const readAt: number[] = [];
  const { context } = await rollout({
    traffic,
    policy: { verifyTimeoutSeconds },
    answers: {
      getOnlineEndpoint: (inputs) => {
        const reading = readings[readAt.length] ?? readings.at(-1);
        readAt.push(Date.now() / 1000);
        if (reading instanceof Error) throw reading;
        return typeof reading === "function" ? reading(inputs) : (reading ?? {});
      },
    },
  });
  const newInputs = trafficInputs(traffic, { mirrorTraffic });
  const hook = afterTraffic(context, { newInputs, oldInputs: undefined }).then(
    () => "verified",
    (error: unknown) => (error instanceof Error ? error.message : "not an error"),
  );
  await vi.advanceTimersByTimeAsync(AN_HOUR_MS);
  return { outcome: await hook, readAt, said: info.mock.calls.map(([line]) => line) };
}

describe("a write is verified", () => {
  test("by one read when the live weights are the written ones", async () => {
    expect(await verify([NEW])).toEqual({
      outcome: "verified",
      readAt: [0],
      said: ["verified  live traffic is default 90, green 10, read back 0 s after the write"],
    });
  });

  test("by reading every 5 seconds until Azure shows it", async () => {
    expect(await verify([OLD, OLD, NEW])).toEqual({
      outcome: "verified",
      readAt: [0, 5, 10],
      said: ["verified  live traffic is default 90, green 10, read back 10 s after the write"],
    });
  });

  test("when names differ only in case and zeros are left out", async () => {
    const live = liveEndpoint({ traffic: { Default: 100, idle: 0 } });
    expect(await verify([live], { traffic: { default: 100, green: 0 } })).toMatchObject({
      outcome: "verified",
    });
  });

  test("when the mirror is the written one too", async () => {
    const mirrored = liveEndpoint({ traffic: WRITTEN, mirrorTraffic: { shadow: 20 } });
    expect(await verify([NEW, mirrored], { mirrorTraffic: { shadow: 20 } })).toMatchObject({
      outcome: "verified",
      readAt: [0, 5],
    });
  });

  test("after reads that failed", async () => {
    expect(await verify([UNREADABLE, NOT_FOUND, NEW])).toMatchObject({ outcome: "verified", readAt: [0, 5, 10] });
  });
});

describe("the update fails, and so nothing is deleted,", () => {
  test("when the live weights are not the written ones in time", async () => {
    expect(await verify([OLD], { verifyTimeoutSeconds: 12 })).toEqual({
      outcome:
        "the live traffic of heart is default=100, 12 s after default=90 green=10 was written; " +
        'nothing was deleted, run "pulumi up" again',
      readAt: [0, 5, 10, 12],
      said: [],
    });
  });

  test("with both mirrors in the message when they differ", async () => {
    const { outcome } = await verify([NEW], { mirrorTraffic: { shadow: 20 }, verifyTimeoutSeconds: 1 });
    expect(outcome).toBe(
      "the live traffic of heart is default=90 green=10, 1 s after default=90 green=10, mirror shadow=20 was written; " +
        'nothing was deleted, run "pulumi up" again',
    );
  });

  test.each([
    ["cannot be read", UNREADABLE],
    ["is gone", NOT_FOUND],
  ])("when the endpoint %s until the end", async (_, reading) => {
    const { outcome } = await verify([reading], { verifyTimeoutSeconds: 5 });
    expect(outcome).toBe(
      "the live traffic of heart cannot be read, 5 s after default=90 green=10 was written; " +
        'nothing was deleted, run "pulumi up" again',
    );
  });

  test("when the endpoint is Failed, whatever its weights are", async () => {
    const failed = { ...NEW, properties: { ...(NEW["properties"] as object), provisioningState: "Failed" } };
    const { outcome } = await verify([failed], { verifyTimeoutSeconds: 5 });
    expect(outcome).toBe(
      "the live traffic of heart is default=90 green=10 and its provisioning state Failed, " +
        '5 s after default=90 green=10 was written; nothing was deleted, run "pulumi up" again',
    );
  });

  test("when the step does not say what was written", async () => {
    const { context } = await rollout({ traffic: WRITTEN });
    await expect(afterTraffic(context, { newInputs: {}, oldInputs: undefined })).rejects.toThrow(
      new Error("the traffic step cannot be verified: its inputs are not known"),
    );
  });
});
