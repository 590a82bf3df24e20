/** Arguments as a program writes them, and the path and body that Azure is sent. */
export interface Row {
  readonly type: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Below the subscription. */
  readonly path: string;
  readonly body: unknown;
}

const GROUP = { resourceGroupName: "g" };
const WORKSPACE = { ...GROUP, workspaceName: "w" };
const at = (path: string): string => `/resourceGroups/g/providers/${path}`;
const ml = (path: string): string => at(`Microsoft.MachineLearningServices/workspaces/w${path}`);
const SCOPE = `/subscriptions/s${ml("")}`;
const west = { location: "westeurope" };

/** Types whose `properties` is an argument: the body is what is given beside the path. */
const asGiven = (
  type: string,
  path: string,
  names: Readonly<Record<string, unknown>>,
  rest: Readonly<Record<string, unknown>>,
): Row => ({ type, args: { ...names, ...rest }, path, body: rest });
const asset = (type: string, path: string, content: Readonly<Record<string, unknown>>): readonly Row[] => [
  asGiven(
    `machinelearningservices:${type}Container`,
    ml(`/${path}/a`),
    { ...WORKSPACE, name: "a" },
    { properties: { isArchived: true } },
  ),
  asGiven(
    `machinelearningservices:${type}Version`,
    ml(`/${path}/a/versions/1`),
    { ...WORKSPACE, name: "a", version: "1" },
    { properties: content },
  ),
];

const MACHINE_LEARNING: readonly Row[] = [
  {
    type: "machinelearningservices:Workspace",
    args: {
      ...WORKSPACE,
      ...west,
      kind: "Default",
      keyVault: "/kv",
      systemDatastoresAuthMode: "identity",
      identity: { type: "UserAssigned", userAssignedIdentities: ["/i"] },
    },
    path: ml(""),
    body: {
      ...west,
      kind: "Default",
      identity: { type: "UserAssigned", userAssignedIdentities: { "/i": {} } },
      properties: { keyVault: "/kv", systemDatastoresAuthMode: "identity" },
    },
  },
  asGiven(
    "machinelearningservices:ManagedNetworkSettingsRule",
    ml("/outboundRules/r"),
    { ...WORKSPACE, ruleName: "r" },
    { properties: { type: "FQDN", destination: "pypi.org" } },
  ),
  asGiven(
    "machinelearningservices:Compute",
    ml("/computes/c"),
    { ...WORKSPACE, computeName: "c" },
    { ...west, properties: { computeType: "Kubernetes", resourceId: "/aks" } },
  ),
  asGiven(
    "machinelearningservices:Datastore",
    ml("/datastores/d"),
    { ...WORKSPACE, name: "d" },
    { properties: { datastoreType: "AzureBlob" } },
  ),
  ...asset("Code", "codes", { codeUri: "https://x" }),
  ...asset("Environment", "environments", { image: "x" }),
  ...asset("Model", "models", { modelUri: "azureml://x", modelType: "mlflow_model" }),
  asGiven(
    "machinelearningservices:OnlineEndpoint",
    ml("/onlineEndpoints/e"),
    { ...WORKSPACE, endpointName: "e" },
    { ...west, kind: "Managed", properties: { authMode: "Key", compute: "/c" } },
  ),
  asGiven(
    "machinelearningservices:OnlineDeployment",
    ml("/onlineEndpoints/e/deployments/d"),
    { ...WORKSPACE, endpointName: "e", deploymentName: "d" },
    { ...west, sku: { name: "Default", capacity: 1 }, properties: { endpointComputeType: "Kubernetes" } },
  ),
  asGiven(
    "machinelearningservices:RegistryModelContainer",
    at("Microsoft.MachineLearningServices/registries/r/models/m"),
    { ...GROUP, registryName: "r", modelName: "m" },
    { properties: {} },
  ),
  asGiven(
    "machinelearningservices:RegistryModelVersion",
    at("Microsoft.MachineLearningServices/registries/r/models/m/versions/1"),
    { ...GROUP, registryName: "r", modelName: "m", version: "1" },
    { properties: { modelUri: "azureml://x" } },
  ),
];

const trigger = {
  metricName: "CpuUtilizationPercentage",
  metricResourceUri: "/d",
  operator: "GreaterThan",
  threshold: 70,
};
const MONITOR: readonly Row[] = [
  {
    type: "applicationinsights:Component",
    args: { ...GROUP, resourceName: "i", ...west, kind: "web", applicationType: "web", workspaceResourceId: "/l" },
    path: at("Microsoft.Insights/components/i"),
    body: { ...west, kind: "web", properties: { Application_Type: "web", WorkspaceResourceId: "/l" } },
  },
  {
    type: "operationalinsights:Workspace",
    args: { ...GROUP, workspaceName: "l", ...west, retentionInDays: 30 },
    path: at("Microsoft.OperationalInsights/workspaces/l"),
    body: { ...west, properties: { retentionInDays: 30 } },
  },
  {
    type: "monitor:AutoscaleSetting",
    args: {
      ...GROUP,
      autoscaleSettingName: "a",
      ...west,
      tags: { t: "1" },
      enabled: true,
      targetResourceUri: "/d",
      profiles: [
        {
          name: "p",
          capacity: { minimum: "1", maximum: "3", default: "1" },
          rules: [
            {
              metricTrigger: {
                ...trigger,
                dimensions: [{ dimensionName: "deployment", operator: "Equals", values: ["d"] }],
              },
              scaleAction: { direction: "Increase" },
            },
          ],
        },
      ],
    },
    path: at("Microsoft.Insights/autoscaleSettings/a"),
    body: {
      ...west,
      tags: { t: "1" },
      properties: {
        enabled: true,
        targetResourceUri: "/d",
        profiles: [
          {
            name: "p",
            capacity: { minimum: "1", maximum: "3", default: "1" },
            rules: [
              {
                metricTrigger: {
                  ...trigger,
                  dimensions: [{ DimensionName: "deployment", Operator: "Equals", Values: ["d"] }],
                },
                scaleAction: { direction: "Increase" },
              },
            ],
          },
        ],
      },
    },
  },
  {
    type: "monitor:DiagnosticSetting",
    args: {
      resourceUri: SCOPE.slice(1),
      name: "all",
      workspaceId: "/l",
      logs: [{ category: "AmlOnlineEndpointTrafficLog", enabled: true }],
    },
    path: ml("/providers/Microsoft.Insights/diagnosticSettings/all"),
    body: { properties: { workspaceId: "/l", logs: [{ category: "AmlOnlineEndpointTrafficLog", enabled: true }] } },
  },
  {
    type: "monitor:MetricAlert",
    args: {
      ...GROUP,
      ruleName: "r",
      location: "global",
      severity: 2,
      scopes: ["/e"],
      criteria: { odataType: "x", allOf: [] },
    },
    path: at("Microsoft.Insights/metricAlerts/r"),
    body: {
      location: "global",
      properties: { severity: 2, scopes: ["/e"], criteria: { "odata.type": "x", allOf: [] } },
    },
  },
  {
    type: "monitor:ActionGroup",
    args: {
      ...GROUP,
      actionGroupName: "a",
      location: "global",
      groupShortName: "on",
      enabled: true,
      emailReceivers: [{ name: "n", emailAddress: "a@b.c" }],
    },
    path: at("Microsoft.Insights/actionGroups/a"),
    body: {
      location: "global",
      properties: { groupShortName: "on", enabled: true, emailReceivers: [{ name: "n", emailAddress: "a@b.c" }] },
    },
  },
];

const delegation = { name: "apps", serviceName: "Microsoft.App/environments" };
const NETWORK: readonly Row[] = [
  {
    type: "network:VirtualNetwork",
    args: {
      ...GROUP,
      virtualNetworkName: "n",
      ...west,
      addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
      subnets: [{ name: "s", addressPrefix: "10.0.1.0/24", delegations: [delegation] }],
    },
    path: at("Microsoft.Network/virtualNetworks/n"),
    body: {
      ...west,
      properties: {
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [
          {
            name: "s",
            properties: {
              addressPrefix: "10.0.1.0/24",
              delegations: [{ name: "apps", properties: { serviceName: "Microsoft.App/environments" } }],
            },
          },
        ],
      },
    },
  },
  {
    type: "network:Subnet",
    args: { ...GROUP, virtualNetworkName: "n", subnetName: "s", addressPrefix: "10.0.1.0/24" },
    path: at("Microsoft.Network/virtualNetworks/n/subnets/s"),
    body: { properties: { addressPrefix: "10.0.1.0/24" } },
  },
  {
    type: "network:NetworkSecurityGroup",
    args: {
      ...GROUP,
      networkSecurityGroupName: "g",
      ...west,
      securityRules: [{ name: "r", access: "Deny", direction: "Inbound" }],
    },
    path: at("Microsoft.Network/networkSecurityGroups/g"),
    body: {
      ...west,
      properties: { securityRules: [{ name: "r", properties: { access: "Deny", direction: "Inbound" } }] },
    },
  },
  {
    type: "network:PrivateEndpoint",
    args: {
      ...GROUP,
      privateEndpointName: "p",
      ...west,
      subnet: { id: "/s" },
      privateLinkServiceConnections: [{ name: "ml", privateLinkServiceId: "/w", groupIds: ["amlworkspace"] }],
    },
    path: at("Microsoft.Network/privateEndpoints/p"),
    body: {
      ...west,
      properties: {
        subnet: { id: "/s" },
        privateLinkServiceConnections: [
          { name: "ml", properties: { privateLinkServiceId: "/w", groupIds: ["amlworkspace"] } },
        ],
      },
    },
  },
  {
    type: "network:PrivateDnsZoneGroup",
    args: {
      ...GROUP,
      privateEndpointName: "p",
      privateDnsZoneGroupName: "d",
      privateDnsZoneConfigs: [{ name: "ml", privateDnsZoneId: "/z" }],
    },
    path: at("Microsoft.Network/privateEndpoints/p/privateDnsZoneGroups/d"),
    body: { properties: { privateDnsZoneConfigs: [{ name: "ml", properties: { privateDnsZoneId: "/z" } }] } },
  },
  {
    type: "privatedns:PrivateZone",
    args: { ...GROUP, privateZoneName: "z.net", location: "global" },
    path: at("Microsoft.Network/privateDnsZones/z.net"),
    body: { location: "global" },
  },
  {
    type: "privatedns:VirtualNetworkLink",
    args: {
      ...GROUP,
      privateZoneName: "z.net",
      virtualNetworkLinkName: "l",
      location: "global",
      registrationEnabled: false,
      virtualNetwork: { id: "/n" },
    },
    path: at("Microsoft.Network/privateDnsZones/z.net/virtualNetworkLinks/l"),
    body: { location: "global", properties: { registrationEnabled: false, virtualNetwork: { id: "/n" } } },
  },
];

const SERVICES: readonly Row[] = [
  asGiven("resources:ResourceGroup", "/resourceGroups/g", GROUP, west),
  asGiven(
    "resources:Deployment",
    at("Microsoft.Resources/deployments/d"),
    { ...GROUP, deploymentName: "d" },
    { properties: { mode: "Incremental" } },
  ),
  {
    type: "authorization:RoleAssignment",
    args: {
      scope: SCOPE,
      roleAssignmentName: "00000000-0000-4000-8000-000000000001",
      principalId: "p",
      roleDefinitionId: "/r",
      principalType: "ServicePrincipal",
    },
    path: ml("/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000001"),
    body: { properties: { principalId: "p", roleDefinitionId: "/r", principalType: "ServicePrincipal" } },
  },
  asGiven(
    "managedidentity:UserAssignedIdentity",
    at("Microsoft.ManagedIdentity/userAssignedIdentities/i"),
    { ...GROUP, resourceName: "i" },
    { ...west, tags: { t: "1" } },
  ),
  {
    type: "storage:StorageAccount",
    args: {
      ...GROUP,
      accountName: "a",
      ...west,
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      allowSharedKeyAccess: false,
      enableHttpsTrafficOnly: true,
      networkRuleSet: {
        defaultAction: "Deny",
        virtualNetworkRules: [{ virtualNetworkResourceId: "/s" }],
        ipRules: [{ iPAddressOrRange: "1.2.3.4" }],
      },
    },
    path: at("Microsoft.Storage/storageAccounts/a"),
    body: {
      ...west,
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      properties: {
        allowSharedKeyAccess: false,
        supportsHttpsTrafficOnly: true,
        networkAcls: { defaultAction: "Deny", virtualNetworkRules: [{ id: "/s" }], ipRules: [{ value: "1.2.3.4" }] },
      },
    },
  },
  {
    type: "storage:BlobContainer",
    args: { ...GROUP, accountName: "a", containerName: "c", publicAccess: "None" },
    path: at("Microsoft.Storage/storageAccounts/a/blobServices/default/containers/c"),
    body: { properties: { publicAccess: "None" } },
  },
  asGiven(
    "keyvault:Vault",
    at("Microsoft.KeyVault/vaults/v"),
    { ...GROUP, vaultName: "v" },
    { ...west, properties: { tenantId: "t" } },
  ),
  asGiven(
    "keyvault:Secret",
    at("Microsoft.KeyVault/vaults/v/secrets/s"),
    { ...GROUP, vaultName: "v", secretName: "s" },
    { properties: { value: "x" } },
  ),
  {
    type: "containerregistry:Registry",
    args: {
      ...GROUP,
      registryName: "r",
      ...west,
      sku: { name: "Premium" },
      adminUserEnabled: false,
      networkRuleSet: { defaultAction: "Deny", ipRules: [{ iPAddressOrRange: "1.2.3.4" }] },
    },
    path: at("Microsoft.ContainerRegistry/registries/r"),
    body: {
      ...west,
      sku: { name: "Premium" },
      properties: {
        adminUserEnabled: false,
        networkRuleSet: { defaultAction: "Deny", ipRules: [{ value: "1.2.3.4" }] },
      },
    },
  },
  {
    type: "app:ManagedEnvironment",
    args: { ...GROUP, environmentName: "e", ...west, vnetConfiguration: { infrastructureSubnetId: "/s" } },
    path: at("Microsoft.App/managedEnvironments/e"),
    body: { ...west, properties: { vnetConfiguration: { infrastructureSubnetId: "/s" } } },
  },
  {
    type: "app:ContainerApp",
    args: {
      ...GROUP,
      containerAppName: "a",
      ...west,
      environmentId: "/e",
      identity: { type: "SystemAssigned" },
      template: { containers: [] },
    },
    path: at("Microsoft.App/containerApps/a"),
    body: {
      ...west,
      identity: { type: "SystemAssigned" },
      properties: { environmentId: "/e", template: { containers: [] } },
    },
  },
];

/** One of each type that has a stand-in. */
export const ROWS: readonly Row[] = [...SERVICES, ...MACHINE_LEARNING, ...MONITOR, ...NETWORK];
