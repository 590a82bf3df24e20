import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { beforeTraffic } from "../../../components/hooks/traffic";
import { liveDeployment, liveEndpoint, rollout, trafficInputs } from "../../support/hooks";

const READY = { getOnlineDeployment: liveDeployment("Succeeded") };
const UNTOUCHED = liveEndpoint({ traffic: { default: 100 }, recorded: "default=100" });
const STEP = { default: 90, green: 10 };

const info = vi.spyOn(pulumi.log, "info");
const warn = vi.spyOn(pulumi.log, "warn");
beforeEach(() => {
  for (const log of [info, warn]) log.mockReset().mockResolvedValue();
});

describe("a step that is allowed", () => {
  test("is announced on the component, with what comes next", async () => {
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: UNTOUCHED, ...READY } });
    await beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: undefined });
    expect(info.mock.calls).toEqual([
      [
        "traffic  default 100 -> 90, green 0 -> 10 (10 points move)\n" +
          "rules    weights, mirror, guard, outage, retire kept\n" +
          "contract default -> green: compatible\n" +
          "ready    default, green\n" +
          "next: raise green, or set it back to 0 to abort",
        context.component,
      ],
    ]);
    expect(warn).not.toHaveBeenCalled();
  });

  test("is previewed with what will be verified and which deployment leaves", async () => {
    const answers = { getOnlineEndpoint: UNTOUCHED, ...READY };
    const { context } = await rollout({ traffic: STEP, preview: true, answers });
    const oldInputs = trafficInputs({ default: 100, green: 0, old: 0 });
    await beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs });
    expect(info.mock.calls[0]?.[0].split("\n").slice(1, 5)).toEqual([
      "deletes  old, after the step",
      "rules    weights, mirror, guard, outage, retire kept",
      "contract default -> green: compatible",
      "verify   default, green ready before the write, the live traffic read back after it",
    ]);
    expect(context.memory).toMatchObject({
      lastStep: { traffic: { default: 100, green: 0, old: 0 }, mirrorTraffic: {} },
      stableModel: { deployment: "default" },
    });
  });

  test.each([
    [true, "verify   the live traffic read back after it"],
    [false, "next: give one deployment weight 100"],
  ])("names no deployment as ready when none has weight (preview: %s)", async (preview, line) => {
    const live = liveEndpoint({ traffic: {}, recorded: "none" });
    const { context } = await rollout({ traffic: { default: 0 }, preview, answers: { getOnlineEndpoint: live } });
    await beforeTraffic(context, { newInputs: trafficInputs({ default: 0 }), oldInputs: undefined });
    expect(info.mock.calls[0]?.[0].split("\n")[2]).toBe(line);
  });

  test("is refused when the endpoint would have more tags than Azure takes", async () => {
    const tags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, "1"]));
    const { context } = await rollout({ traffic: STEP, preview: true, answers: { getOnlineEndpoint: UNTOUCHED } });
    const hook = beforeTraffic(context, { newInputs: trafficInputs(STEP, { tags }), oldInputs: undefined });
    await expect(hook).rejects.toThrow("  - tags: the endpoint would have 51 tags, with 0 of this package");
  });

  test("after one that is dated in the future says so, and writes the time anew", async () => {
    const changedAt = "2099-01-01T00:00:00Z";
    const getOnlineEndpoint = liveEndpoint({ traffic: STEP, recorded: "default=90 green=10", changedAt });
    const { context } = await rollout({ traffic: STEP, preview: true, answers: { getOnlineEndpoint } });
    await beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: trafficInputs(STEP) });
    expect(warn.mock.calls).toEqual([
      [
        `the last step is dated ${changedAt}, which is in the future and counts as now; the step writes the time again`,
        context.component,
      ],
    ]);
  });

  test("that changes authMode warns that callers need other credentials", async () => {
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: UNTOUCHED, ...READY } });
    await beforeTraffic(context, { newInputs: trafficInputs(STEP, { authMode: "Key" }), oldInputs: undefined });
    expect(warn.mock.calls).toEqual([
      ["callers need other credentials at once: authMode AADToken -> Key", context.component],
    ]);
  });
});

describe("the guard", () => {
  const edited = liveEndpoint({ traffic: { default: 50, green: 50 }, recorded: "default=100" });

  test("refuses to overwrite weights that were set elsewhere", async () => {
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: edited, ...READY } });
    const hook = beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: trafficInputs({ default: 100 }) });
    await expect(hook).rejects.toThrow(
      new Error(
        "the traffic step is refused before its write:\n" +
          "  - traffic: the live traffic is default=50 green=50, the last applied here is default=100: it was changed " +
          "elsewhere, or a write did not take effect; declare the live weights, or overwrite them with acceptLive: " +
          '{"default": 50, "green": 50}',
      ),
    );
    expect(info).not.toHaveBeenCalled();
  });

  test("lets weights pass that are accepted by name", async () => {
    const { context } = await rollout({
      traffic: STEP,
      acceptLive: { default: 50, green: 50 },
      answers: { getOnlineEndpoint: edited, ...READY },
    });
    const hook = beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: trafficInputs({ default: 100 }) });
    await expect(hook).resolves.toBeUndefined();
  });

  test("knows the weights of the step before from the state, when a killed run left only its tags", async () => {
    const killed = liveEndpoint({ traffic: { default: 100 }, recorded: "default=80 green=20" });
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: killed, ...READY } });
    const newInputs = trafficInputs(STEP);
    await expect(
      beforeTraffic(context, { newInputs, oldInputs: trafficInputs({ default: 100, green: 0 }) }),
    ).resolves.toBeUndefined();
    await expect(beforeTraffic(context, { newInputs, oldInputs: undefined })).rejects.toThrow("changed elsewhere");
  });
});

test("a step that is made once more restores what the service dropped, and not what another writer took away", async () => {
  const cleared = liveEndpoint({ traffic: {} });
  const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: cleared, ...READY } });
  const state = { traffic: STEP, mirrorTraffic: {} };
  context.memory.stepLeaves = state;
  const again = (): Promise<void> => beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: undefined });
  await expect(again()).rejects.toThrow("the live traffic is none, the last applied here is default=90 green=10");
  context.memory.servedBefore = state;
  await expect(again()).resolves.toBeUndefined();
});

test("refuses to lose a tag that others have added since the step was prepared", async () => {
  const tagged = liveEndpoint({
    traffic: { default: 100 },
    recorded: "default=100",
    tags: { policy: "p1", "mlflow-rollout-tags": '["team"]', team: "a" },
  });
  const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: tagged, ...READY } });
  const before = (tags: Readonly<Record<string, string>>) =>
    beforeTraffic(context, { newInputs: trafficInputs(STEP, { tags }), oldInputs: undefined });
  await expect(before({ policy: "p1" })).resolves.toBeUndefined();
  await expect(before({})).rejects.toThrow(
    '  - tags: policy on the endpoint would be lost: added while this step was prepared, or the endpoint could not be read then; run "pulumi up" again',
  );
});

describe("what an endpoint cannot change", () => {
  const REASON = "an endpoint cannot change it; declare a second component, move the callers, then remove this one";

  test.each([
    ["location", { location: "northeurope" }, "westeurope -> northeurope"],
    ["resourceGroupName", { declared: { resourceGroupName: "rg-2" } }, "rg-heart -> rg-2"],
    ["workspace", { declared: { workspaceName: "ws-2" } }, "ws-1 -> ws-2"],
    ["endpointName", { declared: { endpointName: "lung" } }, "heart -> lung"],
  ])("is refused by name: %s", async (name, changes, change) => {
    const answers = { getOnlineEndpoint: UNTOUCHED, ...READY };
    const { context } = await rollout({ traffic: STEP, preview: true, answers });
    const hook = beforeTraffic(context, { newInputs: trafficInputs(STEP, changes), oldInputs: trafficInputs(STEP) });
    await expect(hook).rejects.toThrow(
      new Error(`the traffic step is refused, nothing was written:\n  - ${name}: ${change}: ${REASON}`),
    );
  });

  test("is the same in another spelling", async () => {
    const live = liveEndpoint({ traffic: { default: 100 }, recorded: "default=100", location: "West Europe" });
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: live, ...READY } });
    const declared = { resourceGroupName: "RG-heart", workspaceName: "WS-1", endpointName: "Heart" };
    const hook = beforeTraffic(context, { newInputs: trafficInputs(STEP, { declared }), oldInputs: undefined });
    await expect(hook).resolves.toBeUndefined();
  });

  test("is refused together with every other broken rule", async () => {
    const { context } = await rollout({
      traffic: STEP,
      policy: { maxIncrease: 5 },
      answers: { getOnlineEndpoint: UNTOUCHED, getOnlineDeployment: liveDeployment("Failed") },
    });
    const newInputs = trafficInputs(STEP, { location: "northeurope" });
    const error = await beforeTraffic(context, { newInputs, oldInputs: undefined }).catch(String);
    expect(String(error).match(/^ {2}- [^:]+/gm)).toEqual(["  - location", "  - traffic.green", "  - traffic.green"]);
  });
});

describe("gates", () => {
  const plan = { gates: { smoke: { request: {} }, errors: { errors: { maxPercent: 1 } } } };
  const gateLines = () =>
    info.mock.calls.flatMap(([text]) => text.split("\n")).filter((line) => line.startsWith("gate "));

  test("of a preview that does not know the endpoint are asked by the update", async () => {
    const { context } = await rollout({ traffic: STEP, plan, preview: true });
    const newInputs = { ...trafficInputs(STEP), resourceGroupName: pulumi.unknown };
    await beforeTraffic(context, { newInputs, oldInputs: trafficInputs({ default: 100, green: 0 }) });
    const later = "the endpoint is not known yet; the update asks";
    expect(gateLines()).toEqual([
      `gate     smoke not asked: green: ${later} (a request by its header, sample-request.json)`,
      `gate     errors not asked: green: ${later} (Azure Monitor)`,
    ]);
  });

  test("of a first deployment are asked by nobody", async () => {
    const { context } = await rollout({ traffic: STEP, plan, preview: true });
    const newInputs = { ...trafficInputs(STEP), resourceGroupName: pulumi.unknown };
    await beforeTraffic(context, { newInputs, oldInputs: undefined });
    expect(gateLines()).toEqual([]);
  });

  test("that cannot sign in refuse the step", async () => {
    const { context } = await rollout({ traffic: STEP, plan, answers: { getOnlineEndpoint: UNTOUCHED, ...READY } });
    const hook = beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: undefined });
    await expect(hook).rejects.toThrow(/- rollout\.gates\.smoke: inconclusive: green: .+ \(a request by its header/);
    expect(gateLines()).toHaveLength(2);
  });
});
