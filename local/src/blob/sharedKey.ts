import { createHmac, timingSafeEqual } from "node:crypto";
import type { Exchange } from "../http/exchange";

/** The headers that are signed by value, in the order of the specification ("Authorize with Shared Key"). */
const SIGNED = [
  "content-encoding",
  "content-language",
  "content-length",
  "content-md5",
  "content-type",
  "date",
  "if-modified-since",
  "if-match",
  "if-none-match",
  "if-unmodified-since",
  "range",
] as const;

/** Whether a request is signed with a key of its account. */
export function isSigned(exchange: Exchange, account: string, keys: readonly string[]): boolean {
  const [, name, signature = ""] = /^SharedKey ([^:]+):(.+)$/.exec(exchange.headers.authorization ?? "") ?? [];
  if (name !== account) return false;
  const text = stringToSign(exchange, account);
  return keys.some((key) =>
    equal(signature, createHmac("sha256", Buffer.from(key, "base64")).update(text).digest("base64")),
  );
}

function stringToSign({ method, headers, path, signedPath = path, query }: Exchange, account: string): string {
  const values = SIGNED.map((name) => {
    const value = String((name === "date" && headers["x-ms-date"] !== undefined ? undefined : headers[name]) ?? "");
    return name === "content-length" && value === "0" ? "" : value;
  });
  const special = Object.keys(headers)
    .filter((name) => name.startsWith("x-ms-"))
    .toSorted();
  const canonicalHeaders = special.map((name) => `${name}:${String(headers[name])}\n`).join("");
  const keys = [...new Set([...query.keys()].map((key) => key.toLowerCase()))].toSorted();
  const parameters = keys.map((key) => `\n${key}:${query.getAll(key).toSorted().join(",")}`).join("");
  return `${method}\n${values.join("\n")}\n${canonicalHeaders}/${account}${signedPath}${parameters}`;
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
