import { expect, test } from "vitest";
import { EXAMPLE_TIMEOUT, EXPECTED, exampleRun } from "../support/exampleRun";

test(
  "kubernetes: up, a step and a destroy on an attached cluster",
  async () => {
    expect.assertions(3);
    const outcome = await exampleRun("kubernetes", async (_, resources) => {
      const [compute] = await resources("/computes");
      expect(await resources("/onlineEndpoints")).toMatchObject([
        { kind: "Kubernetes", properties: { authMode: "AMLToken", compute: compute?.["id"] } },
      ]);
      expect(await resources("/onlineEndpoints/deployments")).toMatchObject([
        { name: "default", properties: { scaleSettings: { scaleType: "TargetUtilization", maxInstances: 6 } } },
        {
          name: "xgboost-model-2",
          sku: { capacity: 2 },
          properties: { containerResourceRequirements: { containerResourceLimits: { cpu: "1", memory: "2Gi" } } },
        },
      ]);
    });
    expect(outcome).toEqual(EXPECTED);
  },
  EXAMPLE_TIMEOUT,
);
