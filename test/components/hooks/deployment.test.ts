import { unknown } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { beforeDeployment } from "../../../components/hooks/deployment";
import type { Inputs } from "../../../components/hooks/hookInputs";
import { ANSWERS, LIVE, STEP, V2, deployment } from "../../support/deployments";
import { liveEndpoint, rollout } from "../../support/hooks";
import { NOT_FOUND, azureError } from "../../support/mockedAzure";

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
