import type { IncomingHttpHeaders } from "node:http";
import { isObject, objectAt } from "../common/json";
import type { Exchange } from "../http/exchange";
import { withoutSecureValues } from "../templates/language/template";

const SECRET_MEMBER = /(key|keyvalue|secret|password|token|connectionstring)$/i;
const SECRET_HEADER = /authorization|cookie|key|secret|token|signature/i;
/** A key vault secret, whose value has a generic member name. */
const VAULT_SECRET = /\/secrets\/[^/]+$/i;
const MASK = "***";
/** Longer bodies are shown by their size. */
const LONGEST_SHOWN = 20_000;

/** A body with secret members and template parameters masked. */
export function bodyWithoutSecrets(path: string, body: unknown): unknown {
  const shown = masked(withoutSecureValues(body));
  if (!VAULT_SECRET.test(path) || !isObject(shown)) return shown;
  return { ...shown, properties: { ...objectAt(shown, "properties"), value: MASK } };
}

export function headersWithoutSecrets(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, SECRET_HEADER.test(name) ? MASK : String(value)]),
  );
}

/** A request's or reply's body for a log; only its size if it is not JSON, long, or secret as a whole. */
export function loggedBody({ method, path }: Exchange, body: Buffer | undefined, side: "request" | "reply"): unknown {
  if (body === undefined || body.length === 0) return undefined;
  const isArm = /^\/subscriptions(\/|$)/i.test(path);
  // Actions such as listKeys return secrets, some without a name; so does the token service.
  const isSecret = isArm ? method === "POST" && side === "reply" : !/^\/(_local|endpoints)\//.test(path);
  const size = `${body.length} bytes`;
  if (isSecret || body.length > LONGEST_SHOWN) return size;
  try {
    return bodyWithoutSecrets(path, JSON.parse(body.toString("utf8")));
  } catch {
    return size;
  }
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET_MEMBER.test(key) && typeof inner === "string" ? MASK : masked(key === "secrets" ? named(inner) : inner),
    ]),
  );
}

/** The secrets of a container app are a list of names and values. */
function named(secrets: unknown): unknown {
  if (!Array.isArray(secrets)) return secrets;
  return secrets.map((item: unknown) => (isObject(item) && "value" in item ? { ...item, value: MASK } : item));
}
