import { unknown } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { beforeDeployment } from "../../../components/hooks/deployment";
import type { Inputs } from "../../../components/hooks/hookInputs";
import { LIVE, STEP, V2, deployment, liveDeployment } from "../../support/deployments";
import { liveDeployment as deploymentThatIs, liveEndpoint, rollout } from "../../support/hooks";

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
