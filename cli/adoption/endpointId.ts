import { parseEndpointId, segmentOf } from "../../components/azure/ids";
import type { EndpointPath } from "../../components/azure/ids";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";

/** Where the adopted endpoint is. */
export interface EndpointId extends EndpointPath {
  /** Without a trailing slash. */
  readonly text: string;
  readonly subscriptionId: string;
}

const PATTERN =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[^/]+\/onlineEndpoints\/[^/]+\/?$/i;

/** @throws Failure when the text is not the ARM id of an online endpoint */
export function readEndpointId(text: string): EndpointId {
  if (!PATTERN.test(text))
    throw new Failure(
      `the id must be the ARM id of an online endpoint, got ${JSON.stringify(text)}; "az ml online-endpoint show --query id" prints it`,
      EXIT.usage,
    );
  return {
    text: text.replace(/\/$/, ""),
    subscriptionId: segmentOf(text, "subscriptions"),
    ...parseEndpointId(text),
  };
}
