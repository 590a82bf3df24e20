import { bearerToken } from "../http/exchange";
import type { Exchange, Reply } from "../http/exchange";
import { Identity } from "../identity/identity";
import type { TraceKind } from "../log/trace";

const MB = 1024 * 1024;
/** What .NET's JSON readers take unless they are told otherwise. */
const MOST_NESTED = 64;
const [QUOTE, BACKSLASH, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = Buffer.from('"\\{}[]');

/** Most bytes of a body. Azure Resource Manager and the data plane refuse larger ones themselves, the others do here. */
const MOST_BYTES: Readonly<Record<TraceKind, number>> = {
  // "Azure subscription and service limits": request size 4 MB
  arm: 4 * MB,
  // `client_max_body_size` of microsoft/azureml-inference-server
  data: 100 * MB,
  // Azure takes 5000 MiB in one request, which would be held in memory here.
  blob: 256 * MB,
  identity: MB,
  vault: MB,
  control: MB,
};

const ARM_ROOT = /^\/(subscriptions|providers|tenants)(\/|$)/i;

/** Which service a path is of. */
export function requestKind(path: string): TraceKind {
  if (path.startsWith("/_local/")) return "control";
  if (path.startsWith("/blob/")) return "blob";
  if (path.startsWith("/vault/")) return "vault";
  if (path.startsWith("/endpoints/")) return "data";
  return ARM_ROOT.test(path) ? "arm" : "identity";
}

export function mostBytes(path: string): number {
  return MOST_BYTES[requestKind(path)];
}

/**
 * Refuses a body that no service can take: one nested so deep that it could not be written down again, or one too large
 * for the blob service, the token service or the control interface.
 */
export function refuseBody(kind: TraceKind, { body }: Exchange): Reply | undefined {
  if (["identity", "vault", "control"].includes(kind) && body.length > MOST_BYTES[kind]) {
    const message = `The request content size exceeds the maximum size of ${MOST_BYTES[kind] / MB} MB.`;
    return { status: 413, body: { error: { code: "RequestContentTooLarge", message } } };
  }
  if (kind === "blob" && body.length > MOST_BYTES.blob) {
    const text =
      "<Error><Code>RequestBodyTooLarge</Code><Message>The request body is too large and exceeds the maximum permissible limit.</Message></Error>";
    const headers = { "content-type": "application/xml", "x-ms-error-code": "RequestBodyTooLarge" };
    return { status: 413, headers, body: Buffer.from(`<?xml version="1.0" encoding="utf-8"?>${text}`) };
  }
  if ((kind === "arm" || kind === "control") && isNestedDeeper(body, MOST_NESTED)) {
    const message = `The request content was invalid and could not be deserialized: it is nested deeper than ${MOST_NESTED}.`;
    return { status: 400, body: { error: { code: "InvalidRequestContent", message } } };
  }
  return undefined;
}

/** Counts brackets outside of strings, without parsing the JSON. */
function isNestedDeeper(body: Buffer, most: number): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < body.length && depth <= most; at++) {
    const byte = body[at];
    if (inText && byte === BACKSLASH) at += 1;
    else if (byte === QUOTE) inText = !inText;
    else if (!inText && (byte === OPEN_BRACE || byte === OPEN_BRACKET)) depth += 1;
    else if (!inText && (byte === CLOSE_BRACE || byte === CLOSE_BRACKET)) depth -= 1;
  }
  return depth > most;
}

export function unauthorized(identity: Identity, { headers }: Exchange): Reply | undefined {
  const result = identity.checkArmToken(bearerToken(headers));
  if (result === "ok") return undefined;
  const [code, message] = {
    missing: ["AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."],
    invalid: ["InvalidAuthenticationToken", "The access token is invalid or expired."],
    "wrong-audience": [
      "InvalidAuthenticationTokenAudience",
      "The access token has been obtained for the wrong audience or resource.",
    ],
  }[result];
  return { status: 401, headers: { "www-authenticate": "Bearer" }, body: { error: { code, message } } };
}
