import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { beforeDeployment } from "../../../components/hooks/deployment";
import type { Inputs } from "../../../components/hooks/hookInputs";
import type { StepOrder } from "../../../components/hooks/context";
import { LIVE, STEP, deployment, liveDeployment } from "../../support/deployments";
import { liveEndpoint, rollout } from "../../support/hooks";
import { NOT_FOUND, azureError } from "../../support/mockedAzure";

const warn = vi.spyOn(pulumi.log, "warn");
beforeEach(() => {
  warn.mockReset().mockResolvedValue();
});

describe("what somebody changed on a live deployment", () => {
  const CHANGED = {
    requestSettings: { maxConcurrentRequestsPerInstance: 1, requestTimeout: "PT30S" },
    environmentVariables: { TOKEN: "s3cret" },
  };
  const SETTINGS = {
    requestSettings: { maxConcurrentRequestsPerInstance: 1, requestTimeout: "PT5S" },
    appInsightsEnabled: false,
  };
  const tagged = (name: string, others: Inputs = {}) => ({
    newInputs: deployment(name, SETTINGS, { tags: { team: "cardio" }, ...others }),
    oldInputs: deployment(name, SETTINGS),
    oldOutputs: liveDeployment(SETTINGS),
  });
  const answers = { getOnlineEndpoint: LIVE, getOnlineDeployment: liveDeployment({ ...SETTINGS, ...CHANGED }) };
  const todo = (setting: string) =>
    "it was changed elsewhere, and it has 100 % of the live traffic; declare the live value, or overwrite it with " +
    `acceptLiveSettings: {"default": ["${setting}"]}`;

  test.each([true, false])("is not overwritten by an update of something else, in a preview %s", async (preview) => {
    const { context } = await rollout({ traffic: STEP, preview, answers });
    await expect(beforeDeployment(context, tagged("default"))).rejects.toThrow(
      new Error(
        `deployment default is refused${preview ? ", nothing was written" : " before its write"}:\n` +
          "  - deployments.default.requestSettings.requestTimeout: the live deployment has PT30S and the update would " +
          `write PT5S: ${todo("requestSettings")}\n` +
          "  - deployments.default.environmentVariables.TOKEN: the live deployment has it and the update would remove it: " +
          todo("environmentVariables"),
      ),
    );
  });

  test("is overwritten where it is accepted by name, and said", async () => {
    const acceptLiveSettings = { default: ["requestSettings", "environmentVariables"] };
    const { context } = await rollout({ traffic: STEP, answers, acceptLiveSettings });
    await expect(beforeDeployment(context, tagged("default"))).resolves.toBeUndefined();
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      "deployment default: what was changed elsewhere is overwritten, as acceptLiveSettings says: " +
        "requestSettings.requestTimeout PT30S -> PT5S, environmentVariables.TOKEN; " +
        "take it out of the program or the config again",
    ]);
  });

  test("an accepted setting may still not change in the program", async () => {
    const { context } = await rollout({
      traffic: STEP,
      answers,
      acceptLiveSettings: { default: Object.keys(CHANGED) },
    });
    const newInputs = deployment("default", { ...SETTINGS, requestSettings: { requestTimeout: "PT9S" } });
    await expect(beforeDeployment(context, { ...tagged("default"), newInputs })).rejects.toThrow(
      /deployments\.default\.requestSettings: .* -> \{"requestTimeout":"PT9S"\}: it has 100 % of the live traffic/,
    );
  });

  test("may be declared", async () => {
    const { context } = await rollout({ traffic: STEP, answers });
    const newInputs = deployment("default", { ...SETTINGS, ...CHANGED });
    await expect(beforeDeployment(context, { ...tagged("default"), newInputs })).resolves.toBeUndefined();
  });

  test("is no matter without weight, and not read", async () => {
    const { context, run } = await rollout({ traffic: { default: 100, green: 0, shadow: 0 }, answers });
    await expect(beforeDeployment(context, tagged("green"))).resolves.toBeUndefined();
    expect(run.calls.map(({ token }) => token.split(":").at(-1))).toEqual(["getOnlineEndpoint"]);
  });

  test("is no matter on the way back for a deployment that the step, which comes first, takes the weight from", async () => {
    const getOnlineEndpoint = liveEndpoint({ traffic: { default: 50, green: 50 }, recorded: "default=50 green=50" });
    const traffic = { default: 100, green: 0 };
    const { context } = await rollout({ traffic, preview: true, answers: { ...answers, getOnlineEndpoint } });
    await expect(beforeDeployment(context, tagged("green"))).rejects.toThrow("it has 50 % of the live traffic");
    context.order = { decision: Promise.resolve({ isTrafficFirst: true, missing: [] }) } as unknown as StepOrder;
    context.memory.stepLeaves = { traffic, mirrorTraffic: {} };
    await expect(beforeDeployment(context, tagged("green"))).resolves.toBeUndefined();
  });

  test("a setting that a preview does not know yet is left to the update", async () => {
    const { context } = await rollout({ traffic: STEP, preview: true, answers });
    const unknowns = { requestSettings: unknown, environmentVariables: { TOKEN: unknown } };
    const newInputs = deployment("default", { ...SETTINGS, ...unknowns });
    await expect(beforeDeployment(context, { ...tagged("default"), newInputs })).resolves.toBeUndefined();
  });

  test("instances are not taken away, unless that is accepted by name", async () => {
    const scaled = { getOnlineEndpoint: LIVE, getOnlineDeployment: liveDeployment(SETTINGS, 8) };
    const given = { traffic: STEP, answers: scaled, countSources: { default: "default" as const } };
    const { context, run } = await rollout(given);
    await run.settled();
    await expect(beforeDeployment(context, tagged("default"))).rejects.toThrow(
      new Error(
        "deployment default is refused before its write:\n" +
          "  - deployments.default.instanceCount: the live deployment has 8 and the update would write 1, and it has 100 % of " +
          'the live traffic; declare instanceCount: 8, or take the others away with acceptLiveSettings: {"default": ["instanceCount"]}',
      ),
    );
    const accepting = await rollout({ ...given, acceptLiveSettings: { default: ["instanceCount"] } });
    await expect(beforeDeployment(accepting.context, tagged("default"))).resolves.toBeUndefined();
    expect(warn.mock.calls.map(([text]) => text)).toEqual([expect.stringContaining("instanceCount 8 -> 1")]);
  });

  test.each([
    [
      NOT_FOUND,
      "deployment default is refused before its write:\n  - deployments.default: Azure has no deployment of that name, and it " +
        'has 100 % of the live traffic; run "pulumi up" again, or "pulumi up --refresh" if it was deleted',
    ],
    [
      azureError(500, "InternalServerError", "Something broke."),
      'cannot read default: Status=500 Code="InternalServerError" Message="Something broke."; to do: run "pulumi up" again',
    ],
    [
      {},
      'cannot read default: the provider gave no answer; give it a config that is known, then run "pulumi up" again',
    ],
  ])("a deployment with weight that is not read refuses its update: %j", async (getOnlineDeployment, text) => {
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: LIVE, getOnlineDeployment } });
    await expect(beforeDeployment(context, tagged("default"))).rejects.toThrow(new Error(text));
  });
});
