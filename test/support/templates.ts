import { GROUP } from "../../driver/heartWorkspace";
import { API_VERSION } from "../../driver/azureClient";

export function templatePath(name: string): string {
  return `${GROUP}/providers/Microsoft.Resources/deployments/${name}`;
}

/** The endpoint as a resource of a template, without its body. */
export const ENDPOINT_RESOURCE = {
  type: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
  apiVersion: API_VERSION,
  name: "heart/heart-classifier",
};

/** The body of a template deployment. */
export function templateBody(resources: readonly object[], parameters: object = {}, declared: object = {}): object {
  const template = {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: declared,
    resources,
  };
  return { properties: { mode: "Incremental", template, parameters } };
}
