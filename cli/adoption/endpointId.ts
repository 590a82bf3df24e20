import { parseEndpointId, segmentOf } from "../../components/azure/ids";
import type { EndpointPath } from "../../components/azure/ids";

/** Where the endpoint stands that is adopted. */
export interface EndpointId extends EndpointPath {
  /** Without a slash at its end. */
  readonly text: string;
  readonly subscriptionId: string;
}

const PATTERN =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[^/]+\/onlineEndpoints\/[^/]+\/?$/i;

/** @throws Error when the text is not the ARM id of an online endpoint */
export function readEndpointId(text: string): EndpointId {
  if (!PATTERN.test(text))
    throw new Error(
      `the id must be the ARM id of an online endpoint, got ${JSON.stringify(text)}; "az ml online-endpoint show --query id" prints it`,
    );
  return {
    text: text.replace(/\/$/, ""),
    subscriptionId: segmentOf(text, "subscriptions"),
    ...parseEndpointId(text),
  };
}
