/** Where the endpoint stands that is adopted. */
export interface EndpointId {
  /** Without a slash at its end. */
  readonly text: string;
  readonly subscriptionId: string;
  readonly resourceGroupName: string;
  readonly workspaceName: string;
  readonly endpointName: string;
}

const PATTERN =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.MachineLearningServices\/workspaces\/([^/]+)\/onlineEndpoints\/([^/]+)\/?$/i;

/** @throws Error when the text is not the ARM id of an online endpoint */
export function parseEndpointId(text: string): EndpointId {
  const [, subscriptionId, resourceGroupName, workspaceName, endpointName] = PATTERN.exec(text) ?? [];
  if (!subscriptionId || !resourceGroupName || !workspaceName || !endpointName)
    throw new Error(
      `the id must be the ARM id of an online endpoint, got ${JSON.stringify(text)}; "az ml online-endpoint show --query id" prints it`,
    );
  return { text: text.replace(/\/$/, ""), subscriptionId, resourceGroupName, workspaceName, endpointName };
}
