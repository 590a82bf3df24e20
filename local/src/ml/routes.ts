import { genericResource, withoutProvisioningState } from "../arm/generic";
import type { Routes } from "../arm/resourceHandler";
import { assetContainers, assetVersions } from "./assets/handlers";
import { CODES, ENVIRONMENTS, MODELS, REGISTRY_MODELS } from "./assets/records";
import type { AssetKind } from "./assets/records";
import { datastores } from "./datastores/handlers";
import { deploymentSkus, onlineDeployments } from "./deployments/handlers";
import { onlineEndpoints } from "./endpoints/handlers";
import { quotas, usages, vmSizes } from "./quotas/handlers";
import { operationResult, operationStatus } from "./shared/operations";
import type { MlServices } from "./shared/services";
import { computes, outboundRules, workspaceOperation, workspaces } from "./workspaces/handlers";

const ML = "Microsoft.MachineLearningServices";

export function mlRoutes(services: MlServices): Routes {
  return {
    [`${ML}/workspaces`]: workspaces(services),
    [`${ML}/locations/workspaceOperationsStatus`]: workspaceOperation(services),
    [`${ML}/locations/mfeOperationsStatus`]: operationStatus(services),
    [`${ML}/locations/mfeOperationResults`]: operationResult(services),
    [`${ML}/workspaces/datastores`]: datastores(services),
    [`${ML}/workspaces/computes`]: computes(services),
    [`${ML}/workspaces/outboundRules`]: genericResource(services, outboundRules(services)),
    [`${ML}/locations/usages`]: usages(services),
    [`${ML}/locations/quotas`]: quotas(services),
    [`${ML}/locations/vmSizes`]: vmSizes(),
    ...assets(services, `${ML}/workspaces/models`, MODELS),
    ...assets(services, `${ML}/workspaces/environments`, ENVIRONMENTS),
    ...assets(services, `${ML}/workspaces/codes`, CODES),
    [`${ML}/registries`]: genericResource(services, {
      location: "regional",
      createdStatus: 200,
      adds: withoutProvisioningState,
    }),
    ...assets(services, `${ML}/registries/models`, REGISTRY_MODELS),
    [`${ML}/workspaces/onlineEndpoints`]: onlineEndpoints(services),
    [`${ML}/workspaces/onlineEndpoints/deployments`]: onlineDeployments(services),
    [`${ML}/workspaces/onlineEndpoints/deployments/skus`]: deploymentSkus(services),
  };
}

function assets(services: MlServices, type: string, kind: AssetKind): Routes {
  return { [type]: assetContainers(services, kind), [`${type}/versions`]: assetVersions(services, kind) };
}
