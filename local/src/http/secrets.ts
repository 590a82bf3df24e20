import type { IncomingHttpHeaders } from "node:http";
import { isObject, objectAt } from "../arm/body";
import { withoutSecureValues } from "../arm/template";

const SECRET_MEMBER = /(key|keyvalue|secret|password|token|connectionstring)$/i;
const SECRET_HEADER = /authorization|cookie|key|secret|token|signature/i;
/** A secret of a key vault, whose value has no name of its own. */
const VAULT_SECRET = /\/secrets\/[^/]+$/i;
const MASK = "***";

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

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET_MEMBER.test(key) && typeof inner === "string" ? MASK : masked(inner),
    ]),
  );
}
