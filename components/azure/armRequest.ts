import { at } from "../values/shape";

/** Clouds whose tokens are for another name than the address of Azure Resource Manager. */
const ADDRESSES: Readonly<Record<string, string>> = {
  "management.core.windows.net": "management.azure.com",
  "management.core.usgovcloudapi.net": "management.usgovcloudapi.net",
  "management.core.chinacloudapi.cn": "management.chinacloudapi.cn",
};
const TIMEOUT_MS = 10_000;
/** Waits half a second, then one: Azure that is away for a moment is no failure. A wait that Azure asks for is left to the caller. */
const RETRIES = { maxRetries: 2, retryDelayInMs: 500 };

/** A request that reads: some of Azure's answers, such as keys, are asked for with POST. */
export interface ArmRequest {
  readonly method: "GET" | "POST";
  /** Of the same origin as `origin`, or below it when it begins with a slash. */
  readonly path: string;
  readonly token: string;
  readonly signal?: AbortSignal | undefined;
}

/** An answer that is none: Azure has refused the read. */
export class RefusedRead extends Error {
  constructor(
    readonly status: number,
    /** Such as `AuthorizationFailed`. */
    readonly code: string | undefined,
  ) {
    super(`Azure answers ${status}${code === undefined ? "" : ` ${code}`}`);
  }
}

/**
 * Asks Azure Resource Manager. The token says what it is for, and so which cloud the provider is set to that it comes from,
 * however that was set; it is sent there and nowhere else. What Node trusts is trusted, `NODE_EXTRA_CA_CERTS` too, and
 * `HTTPS_PROXY` and `NO_PROXY` are obeyed.
 *
 * @returns the parsed body; undefined when it is no JSON, such as the page of a proxy
 * @throws RefusedRead when Azure refuses
 * @throws Error when it does not answer, or the token does not say what it is for
 */
export async function askArm({ method, path, token, signal }: ArmRequest): Promise<unknown> {
  const origin = armOrigin(token);
  const url = new URL(path, origin);
  if (url.origin !== origin) throw new Error(`${url.origin} is not Azure Resource Manager`);
  const { status, text } = await send({ method, url: url.href, token, signal });
  const body = parsed(text);
  if (status === 200) return body;
  const code = at(body, ["error", "code"]) ?? at(body, ["code"]);
  throw new RefusedRead(status, typeof code === "string" ? code : undefined);
}

/**
 * The address of Azure Resource Manager that an access token is for.
 *
 * @throws Error when the token does not say
 */
export function armOrigin(token: string): string {
  const audience = at(claimsOf(token), ["aud"]);
  if (typeof audience !== "string" || !URL.canParse(audience)) throw new Error("the token has no audience address");
  const url = new URL(audience);
  if (url.protocol !== "https:") throw new Error("the token has no audience address");
  return `https://${ADDRESSES[url.host] ?? url.host}`;
}

/** What an access token says of itself; undefined when it cannot be read. */
export function claimsOf(token: string): unknown {
  const [, payload = ""] = token.split(".");
  return parsed(Buffer.from(payload, "base64url").toString("utf8"));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Sent extends Omit<ArmRequest, "path"> {
  readonly url: string;
}

/** With Microsoft's client, which is loaded when something is first asked for. */
async function send({ method, url, token, signal }: Sent): Promise<{ readonly status: number; readonly text: string }> {
  const rest = await import("@azure/core-rest-pipeline");
  const pipeline = rest.createEmptyPipeline();
  pipeline.addPolicy(rest.proxyPolicy());
  pipeline.addPolicy(rest.exponentialRetryPolicy(RETRIES), { phase: "Retry" });
  const headers = rest.createHttpHeaders({ authorization: `Bearer ${token}` });
  const request = rest.createPipelineRequest({
    url,
    method,
    headers,
    timeout: TIMEOUT_MS,
    // Without it the client has an agent of its own, which knows nothing of what a program trusts beside Node's own list.
    disableKeepAlive: true,
    ...(signal && { abortSignal: signal }),
  });
  try {
    const { status, bodyAsText } = await pipeline.sendRequest(rest.createDefaultHttpClient(), request);
    return { status, text: bodyAsText ?? "" };
  } catch (error) {
    signal?.throwIfAborted();
    throw failureOf(error, new URL(url).host);
  }
}

/** The client calls its own timeout an abort. */
function failureOf(error: unknown, host: string): Error {
  const { name, message, code = "" } = error as Error & { readonly code?: string };
  if (name === "AbortError") return new Error(`no answer from ${host} in ${TIMEOUT_MS / 1000} s`);
  if (/CERT|SELF_SIGNED|UNABLE_TO_/.test(code))
    return new Error(`the certificate of ${host} is not trusted (${code}); name the CA in NODE_EXTRA_CA_CERTS`);
  return new Error(`${host} does not answer: ${message.split("\n", 1)[0] ?? ""}`);
}
