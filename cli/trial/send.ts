import { sendHttps } from "../../components/azure/https";
import type { Reply } from "./answers";

/** Longer than the longest request timeout of a deployment, 180 s. Source: Azure ML, "Manage and increase quotas". */
const TIMEOUT_MS = 185_000;

export interface ScoringRequest {
  readonly scoringUri: string;
  readonly credential: string;
  /** JSON. */
  readonly body: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a request to one deployment, past the weights.
 *
 * @throws what the signal says when it ends the request
 */
export async function sendTo(
  deployment: string,
  { scoringUri, credential, body, signal }: ScoringRequest,
): Promise<Reply> {
  const started = performance.now();
  const headers = {
    authorization: `Bearer ${credential}`,
    "content-type": "application/json",
    "azureml-model-deployment": deployment,
  };
  try {
    const answer = await sendHttps({ method: "POST", url: scoringUri, headers, body, timeoutMs: TIMEOUT_MS, signal });
    return { ...answer, milliseconds: performance.now() - started };
  } catch (error) {
    signal?.throwIfAborted();
    return { text: error instanceof Error ? error.message : String(error), milliseconds: performance.now() - started };
  }
}
