import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { beforeTraffic } from "../../../components/hooks/traffic";
import { readSettledLive, readSettledStates } from "../../../components/azure/settled";
import { HEART_PATH, liveDeployment, liveEndpoint, rollout, trafficInputs } from "../../support/hooks";
import { NOT_FOUND } from "../../support/mockedAzure";

/** Longer than anything here waits. All timers of the process, which are those of other files too, may have no end. */
const AN_HOUR_MS = 3_600_000;

const UNTOUCHED = liveEndpoint({ traffic: { default: 100 }, recorded: "default=100" });
const STEP = { default: 90, green: 10 };

const info = vi.spyOn(pulumi.log, "info");
beforeEach(() => {
  info.mockReset().mockResolvedValue();
});

describe("a deployment that is not ready", () => {
  test("cannot get weight when it has none, live or mirrored; one with weight and one that gets none are not asked", async () => {
    const states: Readonly<Record<string, string>> = { default: "Succeeded", Green: "Canceled", shadow: "Failed" };
    const weights = { default: 90, Green: 10, shadow: 0, idle: 0 };
    const { context, run } = await rollout({
      traffic: weights,
      mirrorTraffic: { shadow: 10 },
      answers: {
        getOnlineEndpoint: UNTOUCHED,
        getOnlineDeployment: ({ deploymentName }) => liveDeployment(states[String(deploymentName)] ?? "none"),
      },
    });
    const hook = beforeTraffic(context, { newInputs: trafficInputs(weights), oldInputs: undefined });
    await expect(hook).rejects.toThrow(
      new Error(
        "the traffic step is refused before its write:\n" +
          "  - traffic.Green: the deployment is Canceled; it can have weight when it is Succeeded\n" +
          "  - mirrorTraffic.shadow: the deployment is Failed; it can have weight when it is Succeeded",
      ),
    );
    const asked = run.calls.filter(({ token }) => token.endsWith(":getOnlineDeployment"));
    // The first read asks what model the stable deployment runs.
    expect(asked.slice(1).map(({ inputs }) => inputs as unknown)).toEqual(
      ["Green", "shadow"].map((deploymentName) => ({ ...HEART_PATH, deploymentName })),
    );
  });

  test("may be one that Azure does not have", async () => {
    const answers = { getOnlineEndpoint: liveEndpoint({ traffic: {} }), getOnlineDeployment: NOT_FOUND };
    const { context } = await rollout({ traffic: { default: 100 }, answers });
    const hook = beforeTraffic(context, { newInputs: trafficInputs({ default: 100 }), oldInputs: undefined });
    await expect(hook).rejects.toThrow("traffic.default: the deployment is not there; set its weight to 0");
  });

  test("is refused in a preview where it was declared before and somebody has deleted it", async () => {
    const answers = { getOnlineEndpoint: UNTOUCHED, getOnlineDeployment: NOT_FOUND };
    const { context } = await rollout({ traffic: STEP, preview: true, answers });
    const oldInputs = trafficInputs({ default: 100, green: 0 });
    await expect(beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs })).rejects.toThrow(
      new Error(
        "the traffic step is refused, nothing was written:\n  - traffic.green: the deployment is not there; " +
          'set its weight to 0, run "pulumi up --refresh", which makes it again, then raise it',
      ),
    );
  });

  test("is no reason to refuse a preview: the update makes it ready first", async () => {
    const { context, run } = await rollout({
      traffic: STEP,
      preview: true,
      answers: { getOnlineEndpoint: UNTOUCHED, getOnlineDeployment: NOT_FOUND },
    });
    await beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: undefined });
    const asked = run.calls.map(({ token, inputs }) => [token.split(":").at(-1), inputs["deploymentName"] as unknown]);
    expect(asked).toEqual([
      ["getOnlineEndpoint", undefined],
      ["getOnlineDeployment", "default"],
    ]);
  });
});

describe("while Azure is at work", () => {
  const states = (...answers: readonly string[]) => {
    const left = [...answers];
    return () => liveDeployment((left.length > 1 ? left.shift() : left[0]) ?? "none");
  };
  const WAITS = "waiting, Azure is at work: ";

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: 0 });
    return () => vi.useRealTimers();
  });

  /** What a wait ends with, and after how many seconds. */
  async function waited<T>(wait: Promise<T>): Promise<{ value: T | Error; seconds: number }> {
    const ended = wait
      .catch((error: unknown) => error as Error)
      .then((value) => ({ value, seconds: Date.now() / 1000 }));
    await vi.advanceTimersByTimeAsync(AN_HOUR_MS);
    return ended;
  }

  test("an update waits for the endpoint, says so once, and goes on", async () => {
    const left = ["Updating", "Updating", "Succeeded"];
    const getOnlineEndpoint = () => liveEndpoint({ traffic: STEP, provisioningState: left.shift() ?? "Succeeded" });
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint } });
    const { value, seconds } = await waited(readSettledLive(context, HEART_PATH));
    expect(value).toMatchObject({ traffic: STEP });
    expect(info.mock.calls).toEqual([[`${WAITS}endpoint heart is Updating`, context.component]]);
    expect(seconds).toBe(10);
  });

  test("an update stops when the endpoint takes longer than a write is checked, without a read too many", async () => {
    const getOnlineEndpoint = liveEndpoint({ traffic: STEP, provisioningState: "Updating" });
    const policy = { verifyTimeoutSeconds: 12 };
    const { context } = await rollout({ traffic: STEP, policy, answers: { getOnlineEndpoint } });
    await expect(waited(readSettledLive(context, HEART_PATH))).resolves.toEqual({
      value: new Error(
        'endpoint heart is Updating for 12 s and more; wait until Azure has finished, then run "pulumi up" again',
      ),
      seconds: 12,
    });
  });

  test("a preview waits for nothing", async () => {
    const getOnlineEndpoint = liveEndpoint({ traffic: STEP, provisioningState: "Updating" });
    const { context } = await rollout({ traffic: STEP, preview: true, answers: { getOnlineEndpoint } });
    const { value, seconds } = await waited(readSettledLive(context, HEART_PATH));
    expect(value).toMatchObject({ provisioningState: "Updating" });
    expect(seconds).toBe(0);
  });

  test("deployments are waited for, and what becomes of them is told", async () => {
    const answers = { getOnlineDeployment: states("Creating", "Updating", "Failed") };
    const { context } = await rollout({ traffic: STEP, answers });
    const { value } = await waited(readSettledStates(context, HEART_PATH, ["green"]));
    expect(value).toEqual({ green: "Failed" });
    expect(info.mock.calls.map(([text]) => text)).toEqual(
      ["Creating", "Updating"].map((state) => `${WAITS}deployment green is ${state}`),
    );
  });

  test("deployments that take longer are told as they are: the rules judge them", async () => {
    const answers = { getOnlineDeployment: states("Updating") };
    const { context } = await rollout({ traffic: STEP, policy: { verifyTimeoutSeconds: 5 }, answers });
    const ended = await waited(readSettledStates(context, HEART_PATH, ["green"]));
    expect(ended).toEqual({ value: { green: "Updating" }, seconds: 5 });
  });
});
