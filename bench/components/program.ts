import { join } from "node:path";
import { ProgressiveMlflowEndpoint } from "azure-mlflow-rollout";
import { MODELS } from "../../driver/paths";

/** What changes from run to run of a program. */
export interface Weights {
  /** Of the first component's candidate, in percent. */
  candidate: number;
}

/** A program of so many components in the workspace of `createWorkspace`, each with one model folder and two deployments. */
export function programOf(count: number, weights: Weights): () => Promise<void> {
  return async () => {
    for (let index = 0; index < count; index += 1)
      declare(`model-${count}-${index}`, index === 0 ? weights.candidate : 0);
    return Promise.resolve();
  };
}

function declare(name: string, candidate: number): void {
  // eslint-disable-next-line no-new
  new ProgressiveMlflowEndpoint(name, {
    resourceGroupName: "heart",
    workspace: { existingName: "heart" },
    model: { name, versions: { "1": { path: join(MODELS, "blue") } } },
    deployments: { stable: { modelVersion: "1" }, candidate: { modelVersion: "1" } },
    traffic: { stable: 100 - candidate, candidate },
  });
}
