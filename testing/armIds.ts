/** ARM id of a resource in a resource group of the mocked Azure. */
export function armId(resourceGroup: string, path: string): string {
  return `/subscriptions/subscription-1/resourceGroups/${resourceGroup}/providers/${path}`;
}

const ML = "Microsoft.MachineLearningServices/workspaces";

export function workspacePath(workspace: string): string {
  return `${ML}/${workspace}`;
}

export function endpointPath(workspace: string, endpoint: string): string {
  return `${workspacePath(workspace)}/onlineEndpoints/${endpoint}`;
}
