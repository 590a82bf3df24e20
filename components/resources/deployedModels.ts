import type { ProgressiveMlflowEndpointArgs } from "../args";
import type { FileProbe } from "../checks/checkModel";
import type { Contracts } from "../contract/contractFacts";
import type { ModelContract } from "../contract/modelContract";
import { preflight } from "../contract/preflight";
import { MlModelError, readMlModel } from "../contract/readMlModel";
import { entryOf } from "../rollout/shape";

/** What the model folders say of the models that the declared deployments run. */
export interface DeployedModels {
  readonly contracts: Contracts;
  /** What the preflight of a deployment's model says, line by line; only deployments of which it says something. */
  readonly preflights: Readonly<Record<string, readonly string[]>>;
}

/** Reads the folders of the deployments' models; of a model that is in Azure already nothing is known. */
export function readDeployedModels(
  { model, deployments }: ProgressiveMlflowEndpointArgs,
  files: FileProbe,
): DeployedModels {
  const models = Object.entries(deployments).map(([name, deployment]) => {
    const folder = entryOf(model.versions, deployment.modelVersion)?.path;
    const contract = folder === undefined ? undefined : readContract(folder, files);
    return { name, deployment, folder, contract };
  });
  const contracts = models.map(({ name, deployment, contract }) => {
    return [name, { contract, accepted: deployment.acceptContract }] as const;
  });
  // A deployment with an environment of its own has no use for the model's.
  const preflights = models.flatMap(({ name, deployment, folder, contract }) => {
    if (contract === undefined || folder === undefined || deployment.environmentId !== undefined) return [];
    const lines = preflight(contract, (path) => files.readText(`${folder}/${path}`));
    return lines.length === 0 ? [] : [[name, lines.map((line) => `${folder}/${line}`)] as const];
  });
  return { contracts: Object.fromEntries(contracts), preflights: Object.fromEntries(preflights) };
}

function readContract(folder: string, files: FileProbe): ModelContract | undefined {
  const text = files.readText(`${folder}/MLmodel`);
  if (text === undefined) return undefined;
  try {
    return readMlModel(text);
  } catch (error) {
    // Refused before, unless the deployment has an environment that serves it in its own way.
    if (error instanceof MlModelError) return undefined;
    throw error;
  }
}
