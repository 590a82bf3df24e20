import { unknown } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { beforeDeployment } from "../../components/live/beforeDeployment";
import type { Inputs } from "../../components/live/hookInputs";
import { HEART_PATH, liveDeployment, liveEndpoint, rollout } from "../support/hooks";
import { NOT_FOUND, azureError } from "../support/mockedAzure";

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
    const { context } = await rollout({ traffic: STEP, preview: true, answers: { getOnlineEndpoint: LIVE } });
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
    const { context } = await rollout({ traffic, answers: { getOnlineEndpoint: LIVE } });
    const newInputs = deployment(name, change, others);
    await expect(beforeDeployment(context, { newInputs, oldInputs: deployment(name) })).resolves.toBeUndefined();
  });

  test("is refused for what a preview knows, though it does not know the new model yet", async () => {
    const { context } = await rollout({ traffic: STEP, preview: true, answers: { getOnlineEndpoint: LIVE } });
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
    const answers = { getOnlineEndpoint: LIVE, getOnlineDeployment: liveDeployment("Succeeded") };
    const { context } = await rollout({ traffic: STEP, policy: { maxInitialWeight }, answers });
    await expect(beforeDeployment(context, { newInputs, oldInputs })).resolves.toBeUndefined();
  });

  test("that failed so far gets no weight in the update that brings it up", async () => {
    const answers = { getOnlineEndpoint: LIVE, getOnlineDeployment: liveDeployment("Failed") };
    const { context } = await rollout({ traffic: STEP, answers });
    const hook = beforeDeployment(context, { newInputs: deployment("green"), oldInputs: deployment("green") });
    await expect(hook).rejects.toThrow(new Error(reason("brings it up", false)));
  });

  test("is none that served before the rollout, whatever has become of it", async () => {
    const tags = { "mlflow-rollout-stable": "green" };
    const getOnlineEndpoint = liveEndpoint({ traffic: { default: 100 }, recorded: "default=100", tags });
    const answers = { getOnlineEndpoint, getOnlineDeployment: liveDeployment("Failed") };
    const { context } = await rollout({ traffic: STEP, answers });
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

  test("an endpoint that Azure does not have has no rules", async () => {
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: NOT_FOUND } });
    const hook = beforeDeployment(context, { newInputs: deployment("green"), oldInputs: undefined });
    await expect(hook).resolves.toBeUndefined();
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
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: dropped } });
    context.memory.servedBefore = servedBefore;
    const hook = { newInputs: deployment("default", { model: V2 }), oldInputs: deployment("default") };
    await expect(beforeDeployment(context, hook)).rejects.toThrow("it has 100 % of the live traffic");
  });
});
