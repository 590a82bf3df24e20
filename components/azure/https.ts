import type { Pipeline } from "@azure/core-rest-pipeline";
import { isLoopback } from "../settings/httpAddress";

export interface HttpsRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How long an answer may take, with all tries. */
  readonly timeoutMs: number;
  /** How often it is sent again, half a second later and then a second, when nobody answers or a server fails. @default 0 */
  readonly retries?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpsAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const loadClient = () => import("@azure/core-rest-pipeline");

/** Loads the client ahead of the first request, while the program waits for what it has asked the engine. */
export function preloadClient(): void {
  setImmediate(() => void loadClient().catch(() => undefined));
}

/**
 * Sends a request with Microsoft's client, which is loaded when something is first sent. What Node trusts is trusted,
 * `NODE_EXTRA_CA_CERTS` too, and `HTTPS_PROXY` and `NO_PROXY` are obeyed. An answer of any status is an answer.
 *
 * @throws Error in a line when nobody answers
 */
export async function sendHttps({
  url,
  headers,
  timeoutMs,
  retries = 0,
  signal,
  ...sent
}: HttpsRequest): Promise<HttpsAnswer> {
  const rest = await loadClient();
  const pipeline: Pipeline = rest.createEmptyPipeline();
  pipeline.addPolicy(rest.proxyPolicy());
  if (retries > 0)
    pipeline.addPolicy(rest.exponentialRetryPolicy({ maxRetries: retries, retryDelayInMs: 500 }), { phase: "Retry" });
  const request = rest.createPipelineRequest({
    ...sent,
    url,
    headers: rest.createHttpHeaders({ ...headers }),
    // Without it the client has an agent of its own, which knows nothing of what a program trusts beside Node's own list.
    disableKeepAlive: true,
    // Plain HTTP is only asked of this machine, by a gate or a webhook.
    allowInsecureConnection: isLoopback(new URL(url)),
    // The client's own timeout keeps the process alive after a failure.
    abortSignal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]),
  });
  try {
    const answer = await pipeline.sendRequest(rest.createDefaultHttpClient(), request);
    return { status: answer.status, headers: answer.headers.toJSON(), text: answer.bodyAsText ?? "" };
  } catch (error) {
    signal?.throwIfAborted();
    // oxlint-disable-next-line preserve-caught-error -- the error has the request with its token, and some print a cause
    throw new Error(reasonOf(error, new URL(url).host, timeoutMs));
  }
}

function reasonOf(error: unknown, host: string, timeoutMs: number): string {
  const { name, message, code = "" } = error as Error & { readonly code?: string };
  if (name === "AbortError") return `no answer from ${host} in ${timeoutMs / 1000} s`;
  if (/CERT|SELF_SIGNED|UNABLE_TO_/.test(code))
    return `the certificate of ${host} is not trusted (${code}); name the CA in NODE_EXTRA_CA_CERTS`;
  return `${host} does not answer: ${message.split("\n", 1)[0] ?? ""}`;
}
