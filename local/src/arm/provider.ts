import { onlineDeployments } from "../ml/onlineDeployments";
import { operationResult, operationStatus } from "../ml/asyncReply";
import { datastores } from "../ml/datastores";
import { onlineEndpoints } from "../ml/endpoints";
import { models, modelVersions } from "../ml/models";
import { workspaces } from "../ml/workspaces";
import { blobContainers, storageAccounts } from "../storage/storageAccounts";
import { genericResource } from "./generic";
import { resourceGroups } from "./resourceGroups";
import { ArmRouter } from "./router";
import type { Services } from "./services";
import { templateDeployments, templateDeploymentStatus } from "./templateDeployments";
import type { Send } from "./templateDeployments";
import { groupOperation, subscription, workspaceOperation } from "./subscription";

/** Every resource type that is served, and where. */
export function createArm(services: Services, send: Send): ArmRouter {
  const { subscriptionId } = services.identity.credentials;
  const arm = new ArmRouter(services.store, subscriptionId, genericResource(services));
  const ml = "Microsoft.MachineLearningServices";
  const groups = resourceGroups(services);
  arm.add("subscriptions", subscription(services));
  arm.add("subscriptions/resourcegroups", groups);
  arm.add("resourcegroups", groups);
  arm.add("operationresults", groupOperation(services));
  arm.add("Microsoft.Resources/deployments", templateDeployments(services, send));
  arm.add("Microsoft.Resources/deployments/operationStatuses", templateDeploymentStatus(services));
  arm.add("Microsoft.Storage/storageAccounts", storageAccounts(services));
  arm.add("Microsoft.Storage/storageAccounts/blobServices/containers", blobContainers(services));
  arm.add(
    "Microsoft.KeyVault/vaults",
    genericResource(services, { name: /^[a-zA-Z](-?[a-zA-Z0-9]){2,23}$/, requires: needs("properties") }),
  );
  arm.add("Microsoft.Insights/components", genericResource(services, { requires: needs("kind"), createdStatus: 200 }));
  arm.add("Microsoft.OperationalInsights/workspaces", genericResource(services));
  arm.add(`${ml}/workspaces`, workspaces(services));
  arm.add(`${ml}/locations/workspaceOperationsStatus`, workspaceOperation(services));
  arm.add(`${ml}/locations/mfeOperationsStatus`, operationStatus(services));
  arm.add(`${ml}/locations/mfeOperationResults`, operationResult(services));
  arm.add(`${ml}/workspaces/datastores`, datastores(services));
  arm.add(`${ml}/workspaces/models`, models(services));
  arm.add(`${ml}/workspaces/models/versions`, modelVersions(services));
  arm.add(`${ml}/workspaces/onlineEndpoints`, onlineEndpoints(services));
  arm.add(`${ml}/workspaces/onlineEndpoints/deployments`, onlineDeployments(services));
  return arm;
}

function needs(...keys: readonly string[]) {
  return (body: Record<string, unknown>): readonly string[] => keys.filter((key) => body[key] === undefined);
}
