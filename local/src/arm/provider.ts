import { roleAssignments } from "../authorization/roleAssignments";
import { roleDefinitions } from "../authorization/roleDefinitions";
import { userAssignedIdentities } from "../authorization/userAssignedIdentities";
import { secrets } from "../keyvault/secrets";
import { VAULT_NAMES, vaults } from "../keyvault/vaults";
import { metricDefinitions, metrics } from "../metrics/metricsResource";
import { deploymentSkus } from "../ml/deploymentSkus";
import { onlineDeployments } from "../ml/onlineDeployments";
import { operationResult, operationStatus } from "../ml/asyncReply";
import { datastores } from "../ml/datastores";
import { onlineEndpoints } from "../ml/endpoints";
import { CODES, ENVIRONMENTS, MODELS, REGISTRY_MODELS } from "../ml/assetKinds";
import { assetContainers, assetVersions } from "../ml/assets";
import type { AssetKind } from "../ml/assets";
import { computes } from "../ml/computes";
import { quotas, usages } from "../ml/quotas";
import { vmSizes } from "../ml/vmSizes";
import { CONTAINER_APPS } from "../apps/containerApps";
import { outboundRules } from "../ml/outboundRules";
import { workspaces } from "../ml/workspaces";
import { activityEvents } from "../monitor/activityLog";
import { autoscaleSettings } from "../monitor/autoscaleSettings";
import { diagnosticSettings } from "../monitor/diagnosticSettings";
import { logWorkspaces } from "../monitor/logWorkspaces";
import { monitorTypes } from "../monitor/monitorTypes";
import { NETWORK_TYPES } from "../network/networkTypes";
import { PRIVATE_DNS_ZONE_GROUPS, PRIVATE_ENDPOINTS } from "../network/privateEndpoints";
import { subnets, virtualNetworks } from "../network/virtualNetworks";
import { REGISTRY_NAMES, registries } from "../registry/registries";
import { blobContainers } from "../storage/blobContainers";
import { blobServices } from "../storage/blobServices";
import { STORAGE_NAMES, storageAccounts } from "../storage/storageAccounts";
import { genericResource, withoutState } from "./generic";
import type { GenericRules } from "./generic";
import { nameAvailability } from "./nameAvailability";
import { providers } from "./providers";
import { resourceGroups } from "./resourceGroups";
import { ArmRouter } from "./router";
import type { ResourceHandler } from "./resourceHandler";
import type { Services } from "./services";
import { templateDeploymentOperations, templateDeploymentStatus, templateDeployments } from "./templateDeployments";
import type { Send } from "./templateRun";
import { groupOperation, locations, resources, subscriptions, tenants, workspaceOperation } from "./subscription";

/** Every resource type that is served, and where. */
export function createArm(services: Services, send: Send): ArmRouter {
  const { store, url, identity } = services;
  const { subscriptionId } = identity.credentials;
  const arm = new ArmRouter(store, subscriptionId);
  const ml = "Microsoft.MachineLearningServices";
  const groups = resourceGroups(services);
  const registered = providers(arm.types, subscriptionId);
  const handlers: Readonly<Record<string, ResourceHandler>> = {
    tenants: tenants(services),
    subscriptions: subscriptions(services),
    providers: registered,
    "subscriptions/providers": registered,
    "subscriptions/locations": locations(),
    "subscriptions/resources": resources(services),
    "resourcegroups/resources": resources(services),
    "subscriptions/resourcegroups": groups,
    resourcegroups: groups,
    operationresults: groupOperation(services),
    "Microsoft.Resources/deployments": templateDeployments(services, send),
    "Microsoft.Resources/deployments/operations": templateDeploymentOperations(services),
    "Microsoft.Resources/deployments/operationStatuses": templateDeploymentStatus(services),
    "Microsoft.Storage": nameAvailability(store, STORAGE_NAMES),
    "Microsoft.Storage/storageAccounts": storageAccounts(services),
    "Microsoft.Storage/storageAccounts/blobServices": blobServices(services),
    "Microsoft.Storage/storageAccounts/blobServices/containers": blobContainers(services),
    "Microsoft.KeyVault": nameAvailability(store, VAULT_NAMES),
    "Microsoft.KeyVault/vaults/secrets": secrets(services),
    "Microsoft.ContainerRegistry": nameAvailability(store, REGISTRY_NAMES),
    "Microsoft.ContainerRegistry/registries": registries(services),
    "Microsoft.OperationalInsights/workspaces": logWorkspaces(services),
    "Microsoft.Insights/diagnosticSettings": diagnosticSettings(services),
    ...activityEvents(services.activityLog),
    "Microsoft.Insights/metricDefinitions": metricDefinitions(services),
    "Microsoft.Insights/metrics": metrics(services),
    "Microsoft.Authorization/roleAssignments": roleAssignments(services),
    "Microsoft.Authorization/roleDefinitions": roleDefinitions(),
    "Microsoft.Network/virtualNetworks": virtualNetworks(services),
    [`${ml}/workspaces`]: workspaces(services),
    [`${ml}/locations/workspaceOperationsStatus`]: workspaceOperation(services),
    [`${ml}/locations/mfeOperationsStatus`]: operationStatus(services),
    [`${ml}/locations/mfeOperationResults`]: operationResult(services),
    [`${ml}/workspaces/datastores`]: datastores(services),
    [`${ml}/workspaces/computes`]: computes(services),
    [`${ml}/locations/usages`]: usages(services),
    [`${ml}/locations/quotas`]: quotas(services),
    [`${ml}/locations/vmSizes`]: vmSizes(),
    ...assets(services, `${ml}/workspaces/models`, MODELS),
    ...assets(services, `${ml}/workspaces/environments`, ENVIRONMENTS),
    ...assets(services, `${ml}/workspaces/codes`, CODES),
    ...assets(services, `${ml}/registries/models`, REGISTRY_MODELS),
    [`${ml}/workspaces/onlineEndpoints`]: onlineEndpoints(services),
    [`${ml}/workspaces/onlineEndpoints/deployments`]: onlineDeployments(services),
    [`${ml}/workspaces/onlineEndpoints/deployments/skus`]: deploymentSkus(services),
  };
  /** What is checked and kept, and no more. */
  const kept: Readonly<Record<string, GenericRules>> = {
    "Microsoft.KeyVault/vaults": vaults(url),
    "Microsoft.ManagedIdentity/userAssignedIdentities": userAssignedIdentities(identity),
    "Microsoft.Insights/autoscaleSettings": autoscaleSettings(services),
    ...monitorTypes(services),
    ...NETWORK_TYPES,
    "Microsoft.Network/virtualNetworks/subnets": subnets(services),
    "Microsoft.Network/privateEndpoints": PRIVATE_ENDPOINTS,
    "Microsoft.Network/privateEndpoints/privateDnsZoneGroups": PRIVATE_DNS_ZONE_GROUPS,
    ...CONTAINER_APPS,
    [`${ml}/registries`]: { location: "regional", createdStatus: 200, adds: withoutState },
    [`${ml}/workspaces/outboundRules`]: outboundRules(services),
  };
  for (const [type, handler] of Object.entries(handlers)) arm.add(type, handler);
  for (const [type, rules] of Object.entries(kept)) arm.add(type, genericResource(services, rules));
  return arm;
}

function assets(services: Services, type: string, kind: AssetKind): Readonly<Record<string, ResourceHandler>> {
  return { [type]: assetContainers(services, kind), [`${type}/versions`]: assetVersions(services, kind) };
}
