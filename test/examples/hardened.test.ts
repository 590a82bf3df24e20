import { expect, test } from "vitest";
import { EXAMPLE_TIMEOUT, EXPECTED, exampleRun } from "../support/exampleRun";

test(
  "hardened: up, a step and a destroy in the workspace of another team",
  async () => {
    expect.assertions(7);
    const outcome = await exampleRun("hardened", async (_, resources) => {
      expect(await resources("/onlineEndpoints")).toMatchObject([
        { properties: { authMode: "AADToken", publicNetworkAccess: "Disabled" } },
      ]);
      const model = (version: string) => `azureml://registries/shared/models/heart-classifier/versions/${version}`;
      expect(await resources("/onlineEndpoints/deployments")).toMatchObject([
        { name: "default", properties: { model: model("1") } },
        { name: "xgboost-model-2", properties: { model: model("2") } },
      ]);
      const capacity = { minimum: "2", maximum: "6", default: "2" };
      expect(await resources("/autoscaleSettings")).toMatchObject([
        { properties: { profiles: [{ capacity }] } },
        { properties: { profiles: [{ capacity }] } },
      ]);
      expect(await resources("/privateEndpoints")).toHaveLength(1);
      expect(await resources("/roleAssignments")).toMatchObject([{ properties: { principalType: "Group" } }]);
      expect(await resources("MachineLearningServices/workspaces")).toMatchObject([{ name: "heart" }]);
    });
    expect(outcome).toEqual(EXPECTED);
  },
  EXAMPLE_TIMEOUT,
);
