import type { AzureClient } from "../../driver/azureClient";
import { GROUP, armIdOf, LOCATION, VAULT, WORKSPACE } from "../../driver/heartWorkspace";
import type { AzureIds } from "../../driver/heartWorkspace";

/** A resource that the local Azure keeps as it is given, with what else its service answers. */
export interface Served {
  readonly path: string;
  readonly body: object;
  readonly created: 200 | 201;
  /** What the answer has beside what was given. */
  readonly answered: object;
}

const provider = (path: string): string => `${GROUP}/providers/${path}`;
export const LOGS = provider("Microsoft.OperationalInsights/workspaces/logs");
export const REGISTRY = provider("Microsoft.ContainerRegistry/registries/heartregistry");
export const IDENTITY = provider("Microsoft.ManagedIdentity/userAssignedIdentities/scorer");
export const NETWORK = provider("Microsoft.Network/virtualNetworks/net");
export const SUBNET = `${NETWORK}/subnets/endpoints`;
export const ZONE = provider("Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms");
export const PRIVATE_ENDPOINT = provider("Microsoft.Network/privateEndpoints/pe");
const ACTIONS = provider("Microsoft.Insights/actionGroups/oncall");
export const ALERT = provider("Microsoft.Insights/metricAlerts/errors");
export const AUTOSCALE = provider("Microsoft.Insights/autoscaleSettings/scale");
export const DIAGNOSTICS = `${WORKSPACE}/providers/Microsoft.Insights/diagnosticSettings/all`;
export const COMPUTE = `${WORKSPACE}/computes/cluster`;
const APP_ENVIRONMENT = provider("Microsoft.App/managedEnvironments/apps");
export const APP = provider("Microsoft.App/containerApps/caller");
export const SECRET = `${VAULT}/secrets/token`;

/** An AKS cluster, which the local Azure does not look for. */
export const CLUSTER = "/subscriptions/s/resourceGroups/k/providers/Microsoft.ContainerService/managedClusters/aks";
const SUCCEEDED = { provisioningState: "Succeeded" };

/** One of each type beside those of machine learning, each after those that it names; a workspace must be there. */
export function servedResources(azure: AzureIds): readonly Served[] {
  const id = (path: string): string => armIdOf(azure, path);
  const named = (path: string): object => ({ id: id(path), name: path.split("/").at(-1) });
  const rows: (readonly [string, object, object, (200 | 201)?])[] = [
    [LOGS, { location: LOCATION }, { location: LOCATION, properties: { ...SUCCEEDED, retentionInDays: 30 } }],
    [
      REGISTRY,
      { location: LOCATION, sku: { name: "Standard" } },
      { sku: { tier: "Standard" }, properties: { ...SUCCEEDED, loginServer: "heartregistry.azurecr.io" } },
    ],
    [IDENTITY, { location: LOCATION, tags: { a: "b" } }, { properties: { tenantId: azure.azure.tenantId } }],
    [
      NETWORK,
      { location: LOCATION, properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } } },
      { properties: { ...SUCCEEDED, subnets: [] } },
    ],
    [SUBNET, { properties: { addressPrefix: "10.0.1.0/24" } }, { properties: SUCCEEDED }],
    [ZONE, { location: "global" }, { location: "global", properties: SUCCEEDED }],
    [
      `${ZONE}/virtualNetworkLinks/net`,
      { location: "global", properties: { registrationEnabled: false, virtualNetwork: { id: id(NETWORK) } } },
      { properties: { virtualNetworkLinkState: "Completed" } },
    ],
    [
      PRIVATE_ENDPOINT,
      {
        location: LOCATION,
        properties: {
          subnet: { id: id(SUBNET) },
          privateLinkServiceConnections: [
            { name: "ml", properties: { privateLinkServiceId: id(WORKSPACE), groupIds: ["amlworkspace"] } },
          ],
        },
      },
      {
        properties: {
          ...SUCCEEDED,
          privateLinkServiceConnections: [
            { name: "ml", properties: { privateLinkServiceConnectionState: { status: "Approved" } } },
          ],
        },
      },
    ],
    [
      `${PRIVATE_ENDPOINT}/privateDnsZoneGroups/default`,
      { properties: { privateDnsZoneConfigs: [{ name: "ml", properties: { privateDnsZoneId: id(ZONE) } }] } },
      { properties: SUCCEEDED },
    ],
    [
      provider("Microsoft.Network/networkSecurityGroups/nsg"),
      { location: LOCATION },
      { properties: { ...SUCCEEDED, securityRules: [] } },
    ],
    [
      ACTIONS,
      { location: "Global", properties: { groupShortName: "oncall", enabled: true } },
      { location: "global", properties: { enabled: true } },
    ],
    [
      ALERT,
      {
        location: "global",
        properties: {
          severity: 2,
          enabled: true,
          scopes: [id(WORKSPACE)],
          evaluationFrequency: "PT1M",
          windowSize: "PT5M",
          criteria: { "odata.type": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", allOf: [] },
          actions: [{ actionGroupId: id(ACTIONS) }],
        },
      },
      { properties: { severity: 2 } },
      200,
    ],
    [
      AUTOSCALE,
      { location: LOCATION, properties: { targetResourceUri: id(WORKSPACE), profiles: [autoscaleProfile()] } },
      { properties: { enabled: true, name: "scale" } },
    ],
    [
      DIAGNOSTICS,
      { properties: { workspaceId: id(LOGS), metrics: [{ category: "AllMetrics", enabled: true }] } },
      { properties: { logs: [] } },
      200,
    ],
    [
      SECRET,
      { properties: { value: "do-not-tell", contentType: "text/plain" } },
      { properties: { attributes: { enabled: true } } },
    ],
  ];
  rows.push(
    [
      COMPUTE,
      { location: LOCATION, properties: { computeType: "Kubernetes", resourceId: CLUSTER } },
      { properties: { ...SUCCEEDED, isAttachedCompute: true, computeType: "Kubernetes" } },
    ],
    [
      APP_ENVIRONMENT,
      { location: LOCATION, properties: { vnetConfiguration: { infrastructureSubnetId: id(SUBNET) } } },
      { properties: { ...SUCCEEDED, defaultDomain: "apps.azurecontainerapps.io" } },
    ],
    [
      APP,
      {
        location: LOCATION,
        identity: { type: "SystemAssigned" },
        properties: {
          environmentId: id(APP_ENVIRONMENT),
          configuration: {
            ingress: { external: false, targetPort: 80 },
            secrets: [{ name: "key", value: "do-not-tell" }],
          },
          template: { containers: [{ name: "caller", image: "mcr.microsoft.com/k8se/quickstart:latest" }] },
        },
      },
      {
        properties: {
          ...SUCCEEDED,
          configuration: { secrets: [{ name: "key" }], ingress: { fqdn: "caller.apps.azurecontainerapps.io" } },
        },
      },
    ],
  );
  return rows.map(([path, body, answered, created = 201]) => ({
    path,
    body,
    created,
    answered: { ...named(path), ...answered },
  }));
}

export function autoscaleProfile(capacity: object = {}): object {
  return { name: "default", capacity: { minimum: "1", maximum: "5", default: "2", ...capacity }, rules: [] };
}

/** Writes one of each type. */
export async function createServed(azure: AzureClient): Promise<void> {
  for (const { path, body } of servedResources(azure)) await azure.arm("PUT", path, body);
}
