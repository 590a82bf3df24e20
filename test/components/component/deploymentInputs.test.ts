import { describe, expect, test } from "vitest";
import type { DeploymentArgs } from "../../../components";
import { declareHeart } from "../../support/heart";

const PATH = ["resourceGroupName", "workspaceName", "endpointName", "location"];

async function declareDefault(settings: Partial<DeploymentArgs>, tags?: Record<string, string>) {
  const deployments = { default: { modelVersion: "1", ...settings } };
  const { run } = await declareHeart({ deployments, traffic: {}, ...(tags && { tags }) });
  return run;
}

describe("autoscale", () => {
  test("scales on the latency of the deployment by the thresholds and steps that are given", async () => {
    const run = await declareDefault({
      autoscale: {
        minimumInstanceCount: 1,
        maximumInstanceCount: 8,
        defaultInstanceCount: 2,
        metric: "RequestLatency_P95",
        scaleOut: { threshold: 400, instanceCount: 2, cooldownSeconds: 600 },
        scaleIn: { threshold: 50 },
      },
    });
    const trigger = { metricName: "RequestLatency_P95", timeGrain: "PT1M", timeWindow: "PT5M" };
    expect(run.resource("heart-autoscale-default").inputs["profiles"]).toMatchObject([
      {
        capacity: { minimum: "1", maximum: "8", default: "2" },
        rules: [
          {
            metricTrigger: { ...trigger, operator: "GreaterThan", threshold: 400 },
            scaleAction: { direction: "Increase", value: "2", cooldown: "PT600S" },
          },
          {
            metricTrigger: { ...trigger, operator: "LessThan", threshold: 50 },
            scaleAction: { direction: "Decrease", value: "1", cooldown: "PT300S" },
          },
        ],
      },
    ]);
  });

  test("owns the number of machines, and is deleted before its deployment, never left behind by it", async () => {
    const run = await declareDefault({ autoscale: { minimumInstanceCount: 2, maximumInstanceCount: 3 } });
    const deployment = run.resource("heart-deployment-default");
    expect(deployment.inputs["sku"]).toEqual({ name: "Default", capacity: 2 });
    expect(deployment.ignoreChanges).toEqual([...PATH, "sku.capacity"]);
    const setting = run.resource("heart-autoscale-default");
    expect({ parent: setting.parent, deletedWith: setting.deletedWith }).toEqual({ parent: "heart", deletedWith: "" });
    expect(setting.dependencies).toContain("heart-deployment-default");
  });

  test("is not declared for a fixed number of machines, which is the program's", async () => {
    const run = await declareDefault({ instanceCount: 4 });
    expect(run.children.map(({ name }) => name)).not.toContain("heart-autoscale-default");
    expect(run.resource("heart-deployment-default").ignoreChanges).toEqual(PATH);
  });
});

test("a deployment's own tags go before those of the component", async () => {
  const run = await declareDefault({ tags: { colour: "blue", team: "ward" } }, { team: "cardio", cost: "7" });
  const { tags } = run.resource("heart-deployment-default").inputs;
  expect(tags).toEqual({ team: "ward", cost: "7", colour: "blue" });
});
