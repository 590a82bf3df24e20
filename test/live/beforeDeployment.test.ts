import * as pulumi from "@pulumi/pulumi";
import { unknown } from "@pulumi/pulumi";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { beforeDeployment } from "../../components/live/beforeDeployment";
import type { Inputs } from "../../components/live/hookInputs";
import type { StepOrder } from "../../components/live/stepOrder";
import { HEART_PATH, liveDeployment as deploymentThatIs, liveEndpoint, rollout } from "../support/hooks";
import { NOT_FOUND, azureError } from "../support/mockedAzure";

const warn = vi.spyOn(pulumi.log, "warn");
beforeEach(() => {
  warn.mockReset().mockResolvedValue();
});

const STEP = { default: 90, green: 10, shadow: 0 };
const LIVE = liveEndpoint({
  traffic: { default: 100 },
  mirrorTraffic: { shadow: 10 },
  recorded: "default=100, mirror shadow=10",
});
const V1 = "azureml://registries/r/models/heart/versions/1";
const V2 = "azureml://registries/r/models/heart/versions/2";

function deployment(deploymentName: string, properties: Inputs = {}, others: Inputs = {}): Inputs {
  const scaleSettings = { scaleType: "Default" };
  const tested = { model: V1, instanceType: "Standard_DS3_v2", scaleSettings, ...properties };
  return { ...HEART_PATH, deploymentName, sku: { capacity: 1 }, ...others, properties: tested };
}

/** A deployment as Azure has it, by what differs from the declared one. */
function liveDeployment(properties: Inputs = {}, capacity = 1): Inputs {
  const { properties: declared } = deployment("default");
  return { sku: { capacity }, properties: { provisioningState: "Succeeded", ...(declared as Inputs), ...properties } };
}

const ANSWERS = { getOnlineEndpoint: LIVE, getOnlineDeployment: liveDeployment() };

describe("an update of a deployment", () => {
  const NEVER = "Azure ignores it under the same name; add a deployment under another name";
  const ELSEWHERE = "add a deployment, shift the traffic to it and remove this one";

  test.each<[string, string, Inputs, string]>([
    [
      "the model of one with live weight",
      "default",
      { model: V2 },
      `modelVersion: heart/versions/1 -> heart/versions/2: it has 100 % of the live traffic; ${ELSEWHERE}`,
    ],
    [
      "the model of one with mirrored weight",
      "shadow",
      { model: V2 },
      `modelVersion: heart/versions/1 -> heart/versions/2: it has 10 % mirror traffic; ${ELSEWHERE}`,
    ],
    [
      "the request settings of one with live weight",
      "default",
      { requestSettings: { requestTimeout: "PT9S" } },
      `requestSettings: none -> {"requestTimeout":"PT9S"}: it has 100 % of the live traffic; ${ELSEWHERE}`,
    ],
    [
      "the size of one with live weight",
      "default",
      { instanceType: "Standard_F4s_v2" },
      `instanceType: "Standard_DS3_v2" -> "Standard_F4s_v2": ${NEVER}`,
    ],
    [
      "the size of one without weight",
      "green",
      { instanceType: "Standard_F4s_v2" },
      `instanceType: "Standard_DS3_v2" -> "Standard_F4s_v2": ${NEVER}`,
    ],
  ])("may not change %s", async (_, name, change, reason) => {
    const { context } = await rollout({ traffic: STEP, preview: true, answers: ANSWERS });
    const hook = beforeDeployment(context, { newInputs: deployment(name, change), oldInputs: deployment(name) });
    await expect(hook).rejects.toThrow(
      new Error(`deployment ${name} is refused, nothing was written:\n  - deployments.${name}.${reason}`),
    );
  });

  test.each<[string, string, Inputs, Inputs]>([
    ["the model of one without weight", "green", { model: V2 }, {}],
    ["the number of machines of one with live weight", "default", {}, { sku: { capacity: 3 } }],
    ["the autoscaling of one with live weight", "default", { scaleSettings: { scaleType: "TargetUtilization" } }, {}],
    ["the tags of one with live weight", "default", {}, { tags: { team: "cardio" } }],
  ])("may change %s", async (_, name, change, others) => {
    const traffic = { default: 100, green: 0, shadow: 0 };
    const { context } = await rollout({ traffic, answers: ANSWERS });
    const newInputs = deployment(name, change, others);
    await expect(beforeDeployment(context, { newInputs, oldInputs: deployment(name) })).resolves.toBeUndefined();
  });

  test("is refused for what a preview knows, though it does not know the new model yet", async () => {
    const { context } = await rollout({ traffic: STEP, preview: true, answers: ANSWERS });
    const oldInputs = deployment("default");
    const newModel = deployment("default", { model: unknown });
    await expect(beforeDeployment(context, { newInputs: newModel, oldInputs })).resolves.toBeUndefined();

    const newSize = deployment("default", { model: unknown, instanceType: "Standard_F4s_v2" });
    await expect(beforeDeployment(context, { newInputs: newSize, oldInputs })).rejects.toThrow(
      new Error(
        "deployment default is refused, nothing was written:\n" +
          `  - deployments.default.instanceType: "Standard_DS3_v2" -> "Standard_F4s_v2": ${NEVER}`,
      ),
    );
  });
});

describe("an untested model", () => {
  const reason = (by: string, preview: boolean) =>
    `deployment green is refused${preview ? ", nothing was written" : " before its write"}:\n  - traffic.green: has 10 in the update that ${by}, more than ` +
    'policy.maxInitialWeight of 0; set it to 0, run "pulumi up", test it, then raise it';

  test.each<[string, string, Inputs, Inputs | undefined, boolean]>([
    ["creates it", "a new deployment", deployment("green"), undefined, true],
    ["creates it", "a new deployment, in the update", deployment("green"), undefined, false],
    ["changes it", "another model", deployment("green", { model: V2 }), deployment("green"), true],
    ["changes it", "a version not registered yet", deployment("green", { model: unknown }), deployment("green"), true],
    ["changes it", "another probe", deployment("green", { livenessProbe: {} }), deployment("green"), true],
  ])("that the update %s gets no weight in it: %s", async (by, _, newInputs, oldInputs, preview) => {
    const { context } = await rollout({ traffic: STEP, preview, answers: { getOnlineEndpoint: LIVE } });
    await expect(beforeDeployment(context, { newInputs, oldInputs })).rejects.toThrow(new Error(reason(by, preview)));
  });

  test.each<[string, Inputs, Inputs | undefined, number]>([
    ["a new deployment up to the limit", deployment("green"), undefined, 10],
    ["a changed deployment up to the limit", deployment("green", { model: V2 }), deployment("green"), 10],
    ["a deployment of which only the scale changes", deployment("green", {}, { sku: {} }), deployment("green"), 0],
  ])("%s may have weight", async (_, newInputs, oldInputs, maxInitialWeight) => {
    const answers = { getOnlineEndpoint: LIVE, getOnlineDeployment: deploymentThatIs("Succeeded") };
    const { context } = await rollout({ traffic: STEP, policy: { maxInitialWeight }, answers });
    await expect(beforeDeployment(context, { newInputs, oldInputs })).resolves.toBeUndefined();
  });

  test("that failed so far gets no weight in the update that brings it up", async () => {
    const answers = { getOnlineEndpoint: LIVE, getOnlineDeployment: deploymentThatIs("Failed") };
    const { context } = await rollout({ traffic: STEP, answers });
    const hook = beforeDeployment(context, { newInputs: deployment("green"), oldInputs: deployment("green") });
    await expect(hook).rejects.toThrow(new Error(reason("brings it up", false)));
  });

  test("is none that served before the rollout, whatever has become of it", async () => {
    const tags = { "mlflow-rollout-stable": "green" };
    const getOnlineEndpoint = liveEndpoint({ traffic: { default: 100 }, recorded: "default=100", tags });
    const answers = { getOnlineEndpoint, getOnlineDeployment: deploymentThatIs("Failed") };
    const { context } = await rollout({ traffic: STEP, answers });
    const hook = beforeDeployment(context, { newInputs: deployment("green"), oldInputs: deployment("green") });
    await expect(hook).resolves.toBeUndefined();
  });

  test.each([
    ["live", { default: 95, green: 5 }, {}],
    ["mirrored", { default: 100 }, { green: 5 }],
  ])("is none that has %s requests, although its last update failed", async (_, traffic, mirrorTraffic) => {
    const getOnlineEndpoint = liveEndpoint({ traffic, mirrorTraffic });
    const getOnlineDeployment = liveDeployment({ provisioningState: "Failed" });
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint, getOnlineDeployment } });
    const hook = beforeDeployment(context, { newInputs: deployment("green"), oldInputs: deployment("green") });
    await expect(hook).resolves.toBeUndefined();
  });

  test("may have any weight while nothing serves", async () => {
    const getOnlineEndpoint = liveEndpoint({ traffic: {} });
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint } });
    const hook = beforeDeployment(context, { newInputs: deployment("green"), oldInputs: undefined });
    await expect(hook).resolves.toBeUndefined();
  });
});

describe("before a deployment is made", () => {
  test("the step that will follow is checked, so that nothing expensive is made in vain", async () => {
    const policy = { maxIncrease: 5 };
    const { context } = await rollout({ traffic: STEP, policy, answers: { getOnlineEndpoint: LIVE } });
    const hook = beforeDeployment(context, { newInputs: deployment("green"), oldInputs: undefined });
    await expect(hook).rejects.toThrow(
      /^deployment green is refused before its write:\n {2}- traffic\.green: rises from 0 to 10, by more than policy\.maxIncrease of 5 points/,
    );
  });

  test("weights that were set elsewhere refuse it", async () => {
    const edited = liveEndpoint({ traffic: { default: 50, green: 50 }, recorded: "default=100" });
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: edited } });
    const hook = beforeDeployment(context, { newInputs: deployment("blue"), oldInputs: undefined });
    await expect(hook).rejects.toThrow("the live traffic is default=50 green=50, the last applied here is default=100");
  });

  test("an endpoint that cannot be read refuses it", async () => {
    const getOnlineEndpoint = azureError(500, "InternalServerError", "Something broke.");
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint } });
    const hook = beforeDeployment(context, { newInputs: deployment("green"), oldInputs: undefined });
    await expect(hook).rejects.toThrow(
      new Error(
        'cannot read heart: Status=500 Code="InternalServerError" Message="Something broke."; to do: run "pulumi up" again',
      ),
    );
  });

  test("an endpoint that was made in this run and is not seen yet has no rules", async () => {
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: NOT_FOUND } });
    context.memory.isNewEndpoint = true;
    const hook = beforeDeployment(context, { newInputs: deployment("green"), oldInputs: undefined });
    await expect(hook).resolves.toBeUndefined();
  });

  test.each([
    [true, undefined, "it"],
    [false, undefined, "it"],
    [true, deployment("green"), "deployments on it"],
    [false, deployment("green"), "deployments on it"],
  ])(
    "any other endpoint that Azure does not have refuses it, in a preview %s, after %j",
    async (preview, oldInputs, has) => {
      const { context } = await rollout({ traffic: STEP, preview, answers: { getOnlineEndpoint: NOT_FOUND } });
      const hook = beforeDeployment(context, { newInputs: deployment("green"), oldInputs });
      await expect(hook).rejects.toThrow(
        new Error(
          `endpoint heart cannot be found in Azure although this stack has ${has}: nothing is written; ` +
            'if it was deleted, run "pulumi up --refresh", which creates it and its deployments again, ' +
            'else run "pulumi up" again',
        ),
      );
    },
  );

  test("an endpoint that nobody was asked for is left to the update, which refuses it", async () => {
    const answers = { getOnlineEndpoint: {} };
    const inputs = { newInputs: deployment("default", { model: V2 }), oldInputs: deployment("default") };
    const preview = await rollout({ traffic: STEP, preview: true, answers });
    await preview.run.settled();
    await expect(beforeDeployment(preview.context, inputs)).resolves.toBeUndefined();
    const update = await rollout({ traffic: STEP, answers });
    await expect(beforeDeployment(update.context, inputs)).rejects.toThrow(
      new Error(
        'cannot read heart: the provider gave no answer; give it a config that is known, then run "pulumi up" again',
      ),
    );
  });

  test("an update that does not know the endpoint is refused", async () => {
    const { context } = await rollout({ traffic: STEP });
    const newInputs = deployment("green", {}, { endpointName: unknown });
    await expect(beforeDeployment(context, { newInputs, oldInputs: undefined })).rejects.toThrow(
      new Error("deployment green cannot be checked: its endpoint is not known"),
    );
  });

  test("an endpoint that a preview does not know yet is not read", async () => {
    const { context, run } = await rollout({ traffic: STEP, preview: true });
    const newInputs = deployment("green", {}, { endpointName: unknown });
    await beforeDeployment(context, { newInputs, oldInputs: undefined });
    expect(run.calls).toEqual([]);
  });
});

describe("when the service has dropped the weights with an earlier deployment of the run", () => {
  const SAME = { default: 100, green: 0, shadow: 0 };
  const dropped = liveEndpoint({ traffic: {}, recorded: "default=100, mirror shadow=10" });
  const servedBefore = { traffic: { default: 100 }, mirrorTraffic: { shadow: 10 } };

  test("the next deployment is made, so that the traffic step can restore them", async () => {
    const { context } = await rollout({ traffic: SAME, answers: { getOnlineEndpoint: dropped } });
    const hook = { newInputs: deployment("green"), oldInputs: undefined };
    await expect(beforeDeployment(context, hook)).rejects.toThrow("it was changed elsewhere");
    context.memory.servedBefore = servedBefore;
    await expect(beforeDeployment(context, hook)).resolves.toBeUndefined();
  });

  test("what may not change on a deployment that served may not change either", async () => {
    const { context } = await rollout({ traffic: STEP, answers: { ...ANSWERS, getOnlineEndpoint: dropped } });
    context.memory.servedBefore = servedBefore;
    const hook = { newInputs: deployment("default", { model: V2 }), oldInputs: deployment("default") };
    await expect(beforeDeployment(context, hook)).rejects.toThrow("it has 100 % of the live traffic");
  });
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
      "deployment default is refused before its write:\n  - deployments.default: Azure has none of that name, and it " +
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
