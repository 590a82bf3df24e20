import * as pulumi from "@pulumi/pulumi";
import { ContainerApp } from "@pulumi/azure-native/app/containerApp";
import { ManagedEnvironment } from "@pulumi/azure-native/app/managedEnvironment";
import { Component } from "@pulumi/azure-native/applicationinsights/component";
import { getClientConfigOutput } from "@pulumi/azure-native/authorization/getClientConfig";
import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment";
import { Registry } from "@pulumi/azure-native/containerregistry/registry";
import { Secret } from "@pulumi/azure-native/keyvault/secret";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { CodeVersion } from "@pulumi/azure-native/machinelearningservices/codeVersion";
import { Compute } from "@pulumi/azure-native/machinelearningservices/compute";
import { EnvironmentVersion } from "@pulumi/azure-native/machinelearningservices/environmentVersion";
import { ManagedNetworkSettingsRule } from "@pulumi/azure-native/machinelearningservices/managedNetworkSettingsRule";
import { OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import { Workspace } from "@pulumi/azure-native/machinelearningservices/workspace";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { ActionGroup } from "@pulumi/azure-native/monitor/actionGroup";
import { AutoscaleSetting } from "@pulumi/azure-native/monitor/autoscaleSetting";
import { DiagnosticSetting } from "@pulumi/azure-native/monitor/diagnosticSetting";
import { MetricAlert } from "@pulumi/azure-native/monitor/metricAlert";
import { NetworkSecurityGroup } from "@pulumi/azure-native/network/networkSecurityGroup";
import { PrivateDnsZoneGroup } from "@pulumi/azure-native/network/privateDnsZoneGroup";
import { PrivateEndpoint } from "@pulumi/azure-native/network/privateEndpoint";
import { Subnet } from "@pulumi/azure-native/network/subnet";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork";
import { Workspace as LogWorkspace } from "@pulumi/azure-native/operationalinsights/workspace";
import { PrivateZone } from "@pulumi/azure-native/privatedns/privateZone";
import { VirtualNetworkLink } from "@pulumi/azure-native/privatedns/virtualNetworkLink";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import { CLUSTER } from "./served";

/** Declares a resource that nothing else names. */
function declare<Arguments extends readonly unknown[]>(
  type: new (...args: Arguments) => pulumi.CustomResource,
  ...args: Arguments
): void {
  Reflect.construct(type, args);
}

/** What one run of the program differs in from the next. */
export interface EstateChange {
  readonly owner: string;
  readonly secret: string;
}

/** One of each type of the Azure side that the package's programs declare, on the real SDK. */
export function estate({ owner, secret }: EstateChange): Record<string, unknown> {
  const tags = { owner };
  const { name: resourceGroupName } = new ResourceGroup("estate", {
    resourceGroupName: "estate",
    location: "westeurope",
  });
  const group = { resourceGroupName, tags };
  const identity = new UserAssignedIdentity("scorer", group);
  const logs = new LogWorkspace("logs", group);
  const insights = new Component("insights", { ...group, kind: "web", applicationType: "web" });
  const storage = new StorageAccount("models", {
    ...group,
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
    allowSharedKeyAccess: false,
  });
  const { tenantId, objectId } = getClientConfigOutput();
  const vault = new Vault("vault", {
    ...group,
    vaultName: "estatevault",
    properties: { tenantId, sku: { family: "A", name: "standard" }, enableRbacAuthorization: true },
  });
  declare(Registry, "images", { ...group, registryName: "estateimages", sku: { name: "Premium" } });
  const workspace = new Workspace("ml", {
    ...group,
    workspaceName: "estate-ml",
    storageAccount: storage.id,
    keyVault: vault.id,
    applicationInsights: insights.id,
    systemDatastoresAuthMode: "identity",
    managedNetwork: { isolationMode: "AllowOnlyApprovedOutbound" },
    identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
    primaryUserAssignedIdentity: identity.id,
  });
  const inWorkspace = { resourceGroupName, workspaceName: workspace.name };
  declare(ManagedNetworkSettingsRule, "pypi", {
    ...inWorkspace,
    properties: { type: "FQDN", destination: "pypi.org" },
  });
  declare(EnvironmentVersion, "conda", {
    ...inWorkspace,
    name: "own",
    version: "1",
    properties: { image: "x", isArchived: false },
  });
  declare(CodeVersion, "script", { ...inWorkspace, name: "own", version: "1", properties: { codeUri: "https://x/1" } });
  // Azure wants to be told what becomes of the cluster; whether azure-native says so is not known.
  const compute = new Compute(
    "cluster",
    { ...inWorkspace, properties: { computeType: "Kubernetes", resourceId: CLUSTER } },
    { retainOnDelete: true },
  );
  const endpoint = new OnlineEndpoint("heart", {
    ...inWorkspace,
    tags,
    endpointName: "heart-estate",
    identity: { type: "SystemAssigned" },
    properties: { authMode: "AADToken", compute: compute.id },
  });
  declare(RoleAssignment, "may-score", {
    scope: endpoint.id,
    principalId: objectId,
    principalType: "ServicePrincipal",
    roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/f6c7c914-8db3-469d-8ca1-694a8f32e121",
  });
  declareMonitoring({ ...group, endpointId: endpoint.id, logsId: logs.id });
  declareNetwork({ ...group, workspaceId: workspace.id });
  declare(Secret, "key", {
    resourceGroupName,
    vaultName: vault.name,
    secretName: "scoring-key",
    properties: { value: pulumi.secret(secret) },
  });
  return { endpointId: endpoint.id };
}

interface Group {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly tags: Readonly<Record<string, string>>;
}

function declareMonitoring({
  endpointId,
  logsId,
  ...group
}: Group & Readonly<Record<"endpointId" | "logsId", pulumi.Output<string>>>): void {
  declare(DiagnosticSetting, "logs", {
    resourceUri: endpointId,
    workspaceId: logsId,
    logs: [{ category: "AmlOnlineEndpointTrafficLog", enabled: true }],
  });
  const actions = new ActionGroup("oncall", { ...group, location: "global", groupShortName: "oncall", enabled: true });
  declare(MetricAlert, "errors", {
    ...group,
    location: "global",
    severity: 2,
    enabled: true,
    scopes: [endpointId],
    evaluationFrequency: "PT1M",
    windowSize: "PT5M",
    criteria: { odataType: "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", allOf: [] },
    actions: [{ actionGroupId: actions.id }],
  });
  declare(AutoscaleSetting, "scale", {
    ...group,
    targetResourceUri: endpointId,
    profiles: [{ name: "default", capacity: { minimum: "1", maximum: "3", default: "1" }, rules: [] }],
  });
}

function declareNetwork({ workspaceId, ...group }: Group & { readonly workspaceId: pulumi.Output<string> }): void {
  const { resourceGroupName } = group;
  const network = new VirtualNetwork("net", { ...group, addressSpace: { addressPrefixes: ["10.0.0.0/16"] } });
  const inNetwork = { resourceGroupName, virtualNetworkName: network.name };
  const guard = new NetworkSecurityGroup("guard", group);
  const endpoints = new Subnet("endpoints", {
    ...inNetwork,
    addressPrefix: "10.0.1.0/24",
    networkSecurityGroup: { id: guard.id },
  });
  const apps = new Subnet("apps", { ...inNetwork, addressPrefix: "10.0.2.0/23" }, { dependsOn: endpoints });
  const zone = new PrivateZone("zone", { ...group, privateZoneName: "privatelink.api.azureml.ms", location: "global" });
  declare(VirtualNetworkLink, "link", {
    ...group,
    privateZoneName: zone.name,
    location: "global",
    registrationEnabled: false,
    virtualNetwork: { id: network.id },
  });
  const privateEndpoint = new PrivateEndpoint("private", {
    ...group,
    subnet: { id: endpoints.id },
    privateLinkServiceConnections: [{ name: "ml", privateLinkServiceId: workspaceId, groupIds: ["amlworkspace"] }],
  });
  declare(PrivateDnsZoneGroup, "names", {
    resourceGroupName,
    privateEndpointName: privateEndpoint.name,
    privateDnsZoneConfigs: [{ name: "ml", privateDnsZoneId: zone.id }],
  });
  const environment = new ManagedEnvironment("apps", {
    ...group,
    vnetConfiguration: { infrastructureSubnetId: apps.id },
  });
  declare(ContainerApp, "caller", {
    ...group,
    environmentId: environment.id,
    template: { containers: [{ name: "caller", image: "mcr.microsoft.com/k8se/quickstart:latest" }] },
  });
}
