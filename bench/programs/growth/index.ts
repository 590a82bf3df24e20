import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint } from "azure-mlflow-rollout";
import type { GrowthShape } from "../../growth/dimensions";

const config = new pulumi.Config();
const { components, deployments, folder, steps } = config.requireObject<GrowthShape>("shape");
const candidate = config.requireNumber("candidateTraffic");

const others = Array.from({ length: deployments - 2 }, (_, index) => `other-${index + 1}`);

for (let index = 0; index < components; index += 1) {
  const weight = index === 0 ? candidate : 0;
  // eslint-disable-next-line no-new
  new ProgressiveMlflowEndpoint(`model-${index}`, {
    resourceGroupName: "heart",
    workspace: { existingName: "heart" },
    model: { name: `model-${index}`, versions: { "1": { path: folder } } },
    deployments: Object.fromEntries(["stable", "candidate", ...others].map((name) => [name, { modelVersion: "1" }])),
    traffic: { stable: 100 - weight, candidate: weight },
    ...(steps.length > 0 && { rollout: { steps } }),
  });
}
