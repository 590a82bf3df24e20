import { at } from "../values/shape";
import { sendHttps } from "./https";

/** Clouds whose tokens are for another name than the address of Azure Resource Manager. */
const ADDRESSES: Readonly<Record<string, string>> = {
  "management.core.windows.net": "management.azure.com",
  "management.core.usgovcloudapi.net": "management.usgovcloudapi.net",
  "management.core.chinacloudapi.cn": "management.chinacloudapi.cn",
};
const TIMEOUT_MS = 10_000;
/** Azure that is away for a moment is no failure. */
const RETRIES = 2;

/** A request that reads: some of Azure's answers, such as keys, are asked for with POST. */
export interface ArmRequest {
  readonly method: "GET" | "POST";
  /** Below the address of Azure Resource Manager, or a whole address there. */
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
    /** How long Azure wants to be left alone, as it says of a request too many. */
    readonly retryAfterSeconds?: number,
  ) {
    super(`Azure answers ${status}${code === undefined ? "" : ` ${code}`}`);
  }
}

/**
 * Asks Azure Resource Manager. The token says what it is for, and so which cloud the provider is set to that it comes from,
 * however that was set; it is sent there and nowhere else.
 *
 * @returns the parsed body
 * @throws RefusedRead when Azure refuses
 * @throws Error when it does not answer, or with what is no JSON, or the token does not say what it is for
 */
export async function askArm({ method, path, token, signal }: ArmRequest): Promise<unknown> {
  const origin = armOrigin(token);
  const url = new URL(path, origin);
  if (url.origin !== origin) throw new Error(`${url.origin} is not Azure Resource Manager`);
  const { status, headers, text } = await sendHttps({
    method,
    url: url.href,
    headers: { authorization: `Bearer ${token}` },
    timeoutMs: TIMEOUT_MS,
    retries: RETRIES,
    signal,
  });
  const body = parsed(text);
  if (status === 200 && body !== undefined) return body;
  if (status === 200) throw new Error(`${url.host} answers no JSON; a proxy may have taken its place`);
  const code = at(body, ["error", "code"]) ?? at(body, ["code"]);
  const seconds = Number(headers["retry-after"]);
  throw new RefusedRead(
    status,
    typeof code === "string" ? code : undefined,
    status === 429 && seconds > 0 ? seconds : undefined,
  );
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
