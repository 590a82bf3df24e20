import type { IncomingHttpHeaders } from "node:http";
import { isObject, objectAt } from "../common/json";
import type { Exchange } from "../http/exchange";
import { withoutSecureValues } from "../templates/language/template";

const SECRET_MEMBER = /(key|keyvalue|secret|password|token|connectionstring)$/i;
const SECRET_HEADER = /authorization|cookie|key|secret|token|signature/i;
/** A secret of a key vault, whose value has no name of its own. */
const VAULT_SECRET = /\/secrets\/[^/]+$/i;
const MASK = "***";
/** A longer body is told by its size. */
const LONGEST_SHOWN = 20_000;

/** A body as it may be shown: members and template parameters that hold secrets are masked. */
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

/** A request's or reply's body for a log; its size where it is no JSON, is long, or is all secret. */
export function loggedBody({ method, path }: Exchange, body: Buffer | undefined, side: "request" | "reply"): unknown {
  if (body === undefined || body.length === 0) return undefined;
  const isArm = /^\/subscriptions(\/|$)/i.test(path);
  // Actions such as listKeys answer secrets, some of them without a name; so does the token service.
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
