import { redact } from "../values/redact";
import { isSameName } from "../values/sameName";
import { sendHttps } from "./https";

/** Longer than the longest request timeout of a deployment, 180 s. Source: Azure ML, "Manage and increase quotas". */
const TIMEOUT_MS = 185_000;

const PERMISSION = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action";

/** What came of one request. */
export interface Reply {
  /** Of HTTP; undefined when nobody answered. */
  readonly status?: number;
  /** By lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What was answered, or why nothing was. */
  readonly text: string;
  readonly milliseconds: number;
}

export interface ScoringRequest {
  readonly scoringUri: string;
  readonly credential: string;
  /** JSON. */
  readonly body: string;
  readonly signal?: AbortSignal | undefined;
  /** How long an answer may take. @default longer than Azure ML lets a request take */
  readonly timeoutMs?: number;
}

/**
 * Sends a request to one deployment, past the weights.
 *
 * @throws what the signal says when it ends the request
 */
export async function sendTo(
  deployment: string,
  { scoringUri, credential, body, signal, timeoutMs = TIMEOUT_MS }: ScoringRequest,
): Promise<Reply> {
  const started = performance.now();
  const headers = {
    authorization: `Bearer ${credential}`,
    "content-type": "application/json",
    "azureml-model-deployment": deployment,
  };
  try {
    const answer = await sendHttps({ method: "POST", url: scoringUri, headers, body, timeoutMs, signal });
    return { ...answer, milliseconds: performance.now() - started };
  } catch (error) {
    signal?.throwIfAborted();
    return { text: error instanceof Error ? error.message : String(error), milliseconds: performance.now() - started };
  }
}

/**
 * Why a reply is no answer of the deployment that was asked; undefined when it is one. Azure passes on what the model says
 * as 424, with the model's own status in a header.
 */
export function scoringError({ status, headers = {}, text }: Reply, deployment: string): string | undefined {
  const said = redact(messageIn(parsed(text)) ?? text.trim());
  if (status === undefined) return said;
  const model = headers["ms-azureml-model-error-statuscode"];
  const code = status === 424 && model !== undefined ? `424, the model answers ${model}` : String(status);
  const needed = status === 403 ? `; an Entra token needs the permission ${PERMISSION}` : "";
  if (status !== 200) return `${said === "" ? code : `${code}: ${said}`}${needed}`;
  const answeredBy = headers["azureml-model-deployment"];
  if (answeredBy === undefined || isSameName(deployment, answeredBy)) return undefined;
  return `answered by ${answeredBy}, which was not asked`;
}

function messageIn(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { message, error } = body as { readonly message?: unknown; readonly error?: unknown };
  if (typeof message === "string") return message;
  return typeof error === "string" ? error : messageIn(error);
}

/** Any other text than JSON stays as it is. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
