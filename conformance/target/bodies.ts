export function endpointBody(location: string, properties: object): Record<string, unknown> {
  return { location, identity: { type: "SystemAssigned" }, properties: { authMode: "Key", ...properties } };
}

/** A deployment of an MLflow model: no environment and no scoring script. */
export function deploymentBody(location: string, properties: object): Record<string, unknown> {
  const sku = { name: "Default", capacity: 1 };
  return { location, sku, properties: { endpointComputeType: "Managed", ...properties } };
}

/** A template deployment that puts an endpoint, which is how the component writes weights. */
export function templateBody(endpoint: string, apiVersion: string, body: Readonly<Record<string, unknown>>): object {
  const [, workspace = "", name = ""] = /\/workspaces\/([^/]+)\/onlineEndpoints\/([^/]+)$/.exec(endpoint) ?? [];
  const { properties, ...envelope } = body;
  const resource = {
    type: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
    apiVersion,
    name: `${workspace}/${name}`,
    ...envelope,
    properties: "[parameters('properties')]",
  };
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: { properties: { type: "object" } },
    resources: [resource],
  };
  return { properties: { mode: "Incremental", template, parameters: { properties: { value: properties } } } };
}
