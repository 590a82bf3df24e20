import { unknown } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { beforeComponent } from "../../../components/hooks/component";
import type { Inputs } from "../../../components/hooks/hookInputs";
import { HEART_PATH, liveDeployment, liveEndpoint, rollout } from "../../support/hooks";
import { armId, azureError } from "../../support/mockedAzure";

const { resourceGroupName, workspaceName, endpointName } = HEART_PATH;
const ENDPOINT = `Microsoft.MachineLearningServices/workspaces/${workspaceName}/onlineEndpoints/${endpointName}`;
const OLD = { endpointId: armId(resourceGroupName, ENDPOINT) };
const STEP = { default: 90, green: 10 };
const LIVE = liveEndpoint({ traffic: { default: 100 }, recorded: "default=100" });
const ANSWERS = { getOnlineEndpoint: LIVE, getOnlineDeployment: liveDeployment("Succeeded") };

function args(others: Inputs = {}): Inputs {
  return {
    resourceGroupName,
    location: "westeurope",
    model: { name: "heart-classifier", versions: { "1": { path: "m/1" }, "2": { path: "m/2" } } },
    deployments: { default: { modelVersion: "1" }, green: { modelVersion: "2" } },
    ...others,
  };
}

const changed = (others: Inputs) => ({ oldInputs: args(), newInputs: args(others), oldOutputs: OLD });

describe("what an endpoint that stands can never change", () => {
  test.each<[string, Inputs, string]>([
    ["the group", { resourceGroupName: "rg-2" }, "resourceGroupName: rg-heart -> rg-2: "],
    ["the location", { location: "northeurope" }, "location: westeurope -> northeurope: "],
    ["an existing workspace", { workspace: { existingName: "ws-2" } }, "workspace: ws-1 -> ws-2: "],
    [
      "an existing workspace by id",
      { workspace: { existingResourceId: armId("rg-2", "Microsoft.MachineLearningServices/workspaces/ws-2") } },
      "workspace: ws-1 -> ws-2: ",
    ],
    ["the endpoint's name", { endpointName: "lung" }, "endpointName: heart -> lung: "],
    ["the model's name", { model: { name: "cardio" } }, "model.name: heart-classifier -> cardio: "],
  ])("is refused before anything is registered: %s", async (_, others, reason) => {
    for (const preview of [true, false]) {
      const { context } = await rollout({ traffic: STEP, preview, answers: ANSWERS });
      await expect(beforeComponent(context, changed(others))).rejects.toThrow(`  - ${reason}`);
    }
  });

  test.each<[string, Inputs]>([
    ["the same in another spelling", { resourceGroupName: "RG-Heart", location: "West Europe" }],
    ["what is not known yet", { resourceGroupName: unknown, location: unknown }],
    [
      "a workspace of another group",
      { resourceGroupName: "rg-2", workspace: { existingName: "ws-1", existingResourceGroupName: "rg-heart" } },
    ],
    [
      "another model, by the id of its version",
      { model: { name: "cardio", versions: { "1": { id: "x" }, "2": { id: "y" } } } },
    ],
  ])("is not asked of %s", async (_, others) => {
    const { context } = await rollout({ traffic: STEP, preview: true, answers: ANSWERS });
    await expect(beforeComponent(context, changed(others))).resolves.toBeUndefined();
  });
});

test("what is fixed is refused together with the step's own rules, in a preview too", async () => {
  for (const preview of [true, false]) {
    const { context } = await rollout({ traffic: STEP, preview, policy: { maxIncrease: 5 }, answers: ANSWERS });
    const error = await beforeComponent(context, changed({ endpointName: "lung" })).catch(String);
    expect(String(error).match(/^ {2}- [^:]+/gm)).toEqual(["  - endpointName", "  - traffic.green"]);
  }
});

test("a location that was not declared before is compared with the live one, in an update", async () => {
  const { context } = await rollout({ traffic: STEP, answers: ANSWERS });
  const { location: _, ...oldInputs } = args();
  const newInputs = args({ location: "northeurope" });
  await expect(beforeComponent(context, { oldInputs, newInputs, oldOutputs: OLD })).rejects.toThrow(
    "  - location: westeurope -> northeurope: ",
  );
});

describe("a step that is refused", () => {
  const policy = { maxIncrease: 5 };

  test("is refused before any write of an update that skipped its preview", async () => {
    const { context } = await rollout({ traffic: STEP, policy, answers: ANSWERS });
    await expect(beforeComponent(context, changed({}))).rejects.toThrow(
      /^the traffic step is refused before its write:\n {2}- traffic\.green: rises from 0 to 10, by more than policy\.maxIncrease/,
    );
  });

  test("is refused for a new deployment with weight, whose model would be registered first", async () => {
    const { context } = await rollout({ traffic: { default: 0, rf: 100 }, answers: ANSWERS });
    const deployments = { default: { modelVersion: "1" }, rf: { modelVersion: "3" } };
    await expect(beforeComponent(context, changed({ deployments }))).rejects.toThrow(
      "  - traffic.rf: has 100 in the update that creates it, more than policy.maxInitialWeight of 0",
    );
  });

  test("is left to the resources it is about in a preview, which reads nothing here", async () => {
    const { context, run } = await rollout({ traffic: STEP, policy, preview: true, answers: ANSWERS });
    await expect(beforeComponent(context, changed({}))).resolves.toBeUndefined();
    expect(run.calls).toEqual([]);
  });

  test("for weights that were set elsewhere is left to the step, which knows what was written last", async () => {
    const getOnlineEndpoint = liveEndpoint({ traffic: { default: 100 }, recorded: "default=80 green=20" });
    const { context } = await rollout({ traffic: STEP, answers: { ...ANSWERS, getOnlineEndpoint } });
    await expect(beforeComponent(context, changed({}))).resolves.toBeUndefined();
  });

  test("for an endpoint that cannot be read is one too", async () => {
    const getOnlineEndpoint = azureError(500, "InternalServerError", "Something broke.");
    const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint } });
    await expect(beforeComponent(context, changed({}))).rejects.toThrow("cannot read heart: Status=500");
  });
});

test("a component that is new, or whose endpoint was never made, has nothing to keep", async () => {
  const { context, run } = await rollout({ traffic: STEP, answers: ANSWERS });
  await expect(beforeComponent(context, { oldInputs: undefined, newInputs: args() })).resolves.toBeUndefined();
  await expect(
    beforeComponent(context, { oldInputs: args(), newInputs: args({ location: "northeurope" }), oldOutputs: {} }),
  ).resolves.toBeUndefined();
  expect(run.calls).toEqual([]);
});
