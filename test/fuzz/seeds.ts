import { servedResources } from "../support/served";
import {
  deploymentBody,
  ENDPOINT,
  endpointBody,
  GROUP,
  LOCATION,
  modelBody,
  STORAGE,
  storageBody,
  VAULT,
  workspaceBody,
  WORKSPACE,
} from "../../driver/heartWorkspace";
import type { AzureIds } from "../../driver/heartWorkspace";
import { ENDPOINT_RESOURCE, templateBody, templatePath } from "../support/templates";

/** A request that is as it should be, to begin from. */
export interface Seed {
  readonly method: string;
  /** Below the subscription. */
  readonly path: string;
  readonly body?: object;
}

/** Writes that build one of everything, in an order in which they succeed. */
export function writes(azure: AzureIds): readonly Seed[] {
  const put = (path: string, body: object): Seed => ({ method: "PUT", path, body });
  const vault = { tenantId: azure.azure.tenantId, sku: { family: "A", name: "standard" }, accessPolicies: [] };
  const insights = `${GROUP}/providers/Microsoft.Insights/components/heartinsights`;
  const role = `${STORAGE}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000001`;
  const reader = "providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
  const template = templateBody(
    [{ ...ENDPOINT_RESOURCE, ...endpointBody({ traffic: "[parameters('w')]" }), dependsOn: [] }],
    { w: { value: {} } },
    { w: { type: "object", defaultValue: {} } },
  );
  const { properties } = template as { properties: { template: object } };
  const outputs = { o: { type: "string", value: "[concat(variables('v'), resourceGroup().name)]" } };
  return [
    put(GROUP, { location: LOCATION, tags: { a: "b" } }),
    put(STORAGE, storageBody()),
    put(`${STORAGE}/blobServices/default/containers/data`, { properties: {} }),
    put(VAULT, { location: LOCATION, properties: vault }),
    put(insights, { location: LOCATION, kind: "web", properties: { Application_Type: "web" } }),
    put(WORKSPACE, workspaceBody(azure)),
    ...servedResources(azure).map(({ path, body }) => put(path, body)),
    put(role, {
      properties: {
        principalId: "00000000-0000-4000-8000-00000000000a",
        roleDefinitionId: `/subscriptions/${azure.azure.subscriptionId}/${reader}`,
      },
    }),
    put(`${WORKSPACE}/models/heart-classifier`, { properties: {} }),
    put(`${WORKSPACE}/models/heart-classifier/versions/1`, modelBody(azure, "1")),
    put(ENDPOINT, endpointBody({ traffic: {} })),
    put(`${ENDPOINT}/deployments/blue`, deploymentBody(azure, "1")),
    put(templatePath("step"), {
      properties: { ...properties, template: { ...properties.template, variables: { v: "x" }, outputs } },
    }),
  ];
}

/** Requests beside writes: reads, lists, actions, deletes. */
export function others(azure: AzureIds): readonly Seed[] {
  const paths = writes(azure).map(({ path }) => path);
  const read = (path: string): Seed => ({ method: "GET", path });
  const act = (path: string, body?: object): Seed => ({ method: "POST", path, ...(body && { body }) });
  return [
    ...paths.map(read),
    ...paths.map((path) => read(path.split("/").slice(0, -1).join("/"))),
    ...["resources", "locations", "providers", "providers/Microsoft.Storage", `${GROUP}/resources`].map(read),
    read(`${ENDPOINT}/providers/Microsoft.Insights/metrics`),
    ...paths.slice(1).map((path): Seed => ({ method: "PATCH", path, body: { tags: { c: "d" } } })),
    ...paths.slice(6).map((path): Seed => ({ method: "DELETE", path })),
    act(`${STORAGE}/listKeys`),
    act(`${STORAGE}/regenerateKey`, { keyName: "key1" }),
    act(`${ENDPOINT}/listKeys`),
    act(`${ENDPOINT}/token`),
    act(`${ENDPOINT}/regenerateKeys`, { keyType: "Primary" }),
    act(`${ENDPOINT}/deployments/blue/getLogs`, { tail: 5 }),
    act(`${WORKSPACE}/datastores/workspaceblobstore/listSecrets`),
    act(`${templatePath("step")}/validate`, templateBody([])),
    act(`${templatePath("step")}/whatIf`, templateBody([])),
    act("providers/Microsoft.KeyVault/checkNameAvailability", { name: "abc", type: "Microsoft.KeyVault/vaults" }),
    act("providers/Microsoft.Network/register"),
  ];
}
