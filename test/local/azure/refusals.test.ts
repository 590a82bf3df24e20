import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorkspace, GROUP, LOCATION, VAULT, WORKSPACE } from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";
import * as served from "../../support/served";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
  await served.createServed(azure);
});
afterAll(() => azure.close());

const change = (path: string, properties: object): [string, object] => {
  const { body } = served.servedResources(azure).find((each) => each.path === path) ?? { body: {} };
  return [path, { ...body, properties: { ...(valueAt(body, "properties") as object), ...properties } }];
};
const profiles = (capacity: object): object => ({ profiles: [served.autoscaleProfile(capacity)] });
const named = (type: string): string => `${GROUP}/providers/${type}`;
const NO_SUCH = "/subscriptions/x/resourceGroups/y/providers/a.b/c/d";

test.each<[string, () => [string, object], string]>([
  [
    "a registry of an unknown sku",
    () => [served.REGISTRY, { location: LOCATION, sku: { name: "Huge" } }],
    'The request is invalid: sku.name must be one of Classic, Basic, Standard, Premium, got "Huge".',
  ],
  [
    "insights without kind and type",
    () => [named("Microsoft.Insights/components/none"), { location: LOCATION }],
    "The request is invalid: kind is missing.",
  ],
  [
    "a log workspace that keeps data too long",
    () => change(served.LOGS, { retentionInDays: 731 }),
    "The request is invalid: properties.retentionInDays must be a whole number from -1 to 730, got 731.",
  ],
  [
    "an alert on nothing",
    () => change(served.ALERT, { scopes: [] }),
    "The request is invalid: properties.scopes must be a list with at least 1, got [].",
  ],
  [
    "an alert with other criteria",
    () => change(served.ALERT, { criteria: { "odata.type": "x" } }),
    "properties.criteria must be an object whose odata.type must be one of",
  ],
  [
    "autoscale of a target that is not there",
    () => change(served.AUTOSCALE, { targetResourceUri: NO_SUCH }),
    `The request is invalid: properties.targetResourceUri must be the id of an existing resource, got "${NO_SUCH}".`,
  ],
  [
    "autoscale with a default above the maximum",
    () => change(served.AUTOSCALE, profiles({ default: "9" })),
    "The capacity of profile 'default' needs minimum <= default <= maximum, got 1, 9, 5.",
  ],
  [
    "a second autoscale setting of a target",
    () => [named("Microsoft.Insights/autoscaleSettings/other"), change(served.AUTOSCALE, {})[1]],
    "The target has the autoscale setting '",
  ],
  [
    "a diagnostic setting without a sink",
    () => [served.DIAGNOSTICS, { properties: { logs: [] } }],
    "At least one data sink needs to be specified.",
  ],
  [
    "a second diagnostic setting with the same sink and category",
    () => [served.DIAGNOSTICS.replace("all", "more"), change(served.DIAGNOSTICS, {})[1]],
    "' is already used in diagnostic setting 'all' for category 'AllMetrics'. Data sinks can't be reused in different settings on the same category for the same resource.",
  ],
  [
    "a subnet without addresses",
    () => [served.SUBNET, { properties: {} }],
    "The subnet needs an addressPrefix or addressPrefixes.",
  ],
  [
    "a network without addresses",
    () => change(served.NETWORK, { addressSpace: {} }),
    "properties.addressSpace.addressPrefixes must be a list with at least 1, it is missing.",
  ],
  [
    "a private endpoint without a connection",
    () => change(served.PRIVATE_ENDPOINT, { privateLinkServiceConnections: [] }),
    "A private endpoint needs a privateLinkServiceConnection.",
  ],
  [
    "a private endpoint in a subnet that is not there",
    () => change(served.PRIVATE_ENDPOINT, { subnet: { id: NO_SUCH } }),
    "properties.subnet.id must be the id of an existing microsoft.network/virtualnetworks/subnets",
  ],
  [
    "a DNS zone of one label",
    () => [named("Microsoft.Network/privateDnsZones/local"), { location: "global" }],
    "'local' is not a valid name for Microsoft.Network/privateDnsZones: a domain name of 2 to 34 labels.",
  ],
  [
    "a DNS zone in a region",
    () => [served.ZONE, { location: LOCATION }],
    "List of available regions for the resource type is 'global'.",
  ],
  [
    "a vault without policies and RBAC",
    () => [
      VAULT,
      { location: LOCATION, properties: { tenantId: azure.azure.tenantId, sku: { family: "A", name: "standard" } } },
    ],
    "The parameter accessPolicies is not specified.",
  ],
  [
    "a rule of an unmanaged network",
    () => [`${WORKSPACE}/outboundRules/pypi`, { properties: { type: "FQDN", destination: "pypi.org" } }],
    "The managed network of the workspace must have one of the isolation modes AllowInternetOutbound, AllowOnlyApprovedOutbound.",
  ],
])("%s is refused", async (_, write, message) => {
  const [path, body] = write();
  const before = await azure.arm("GET", path);
  const { status, body: answer } = await azure.arm("PUT", path, body);
  expect([400, 409]).toContain(status);
  expect(textAt(answer, "error.message")).toContain(message);
  expect((await azure.arm("GET", path)).body).toEqual(before.body);
});
