import type { IncomingHttpHeaders } from "node:http";
import { blobAlreadyExists, conditionNotMet, invalidHeader, notModified } from "./refusals";

/** The etag and time of a blob or container, which conditions compare. */
export interface Versioned {
  readonly etag: string;
  /** As in the `Last-Modified` header. */
  readonly modified: string;
}

/**
 * Refuses a request whose conditions are not met ("Specifying conditional headers for Blob service operations").
 *
 * @param existing undefined when there is none, as in a first write
 */
export function checkConditions(
  headers: IncomingHttpHeaders,
  existing: Versioned | undefined,
  access: "read" | "write",
): void {
  const { "if-match": match, "if-none-match": noneMatch } = headers;
  const [modifiedSince, unmodifiedSince] = ["if-modified-since", "if-unmodified-since"].map((name) =>
    secondsOf(name, headers[name]),
  );
  if (match !== undefined && !isListed(match, existing)) throw conditionNotMet();
  if (noneMatch !== undefined && isListed(noneMatch, existing)) {
    if (access === "read") throw notModified();
    throw noneMatch === "*" ? blobAlreadyExists() : conditionNotMet();
  }
  if (existing === undefined) return;
  const modified = Date.parse(existing.modified) / 1000;
  if (unmodifiedSince !== undefined && modified > unmodifiedSince) throw conditionNotMet();
  // If-None-Match takes precedence over the time.
  if (noneMatch !== undefined || modifiedSince === undefined || modified > modifiedSince) return;
  throw access === "read" ? notModified() : conditionNotMet();
}

function isListed(given: string, existing: Versioned | undefined): boolean {
  if (existing === undefined) return false;
  const tags = new Set(given.split(",").map((tag) => tag.trim().replace(/^W\//, "")));
  return tags.has("*") || tags.has(existing.etag) || tags.has(existing.etag.replaceAll('"', ""));
}

function secondsOf(name: string, value: string | string[] | undefined): number | undefined {
  if (value === undefined) return undefined;
  const time = Date.parse(String(value));
  if (Number.isNaN(time)) throw invalidHeader(name, value);
  return Math.floor(time / 1000);
}
