import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { BlobProperties, StoredBlob } from "./records";
import { BlobError, invalidHeader } from "./refusals";

const META = "x-ms-meta-";
/** Metadata names are C# identifiers. */
const META_NAME = /^[a-z_][a-z0-9_]*$/i;
const MAX_META = 8192;
/** Headers `x-ms-blob-{name}` that a blob stores and returns without the prefix. */
const KEPT = ["cache-control", "content-disposition", "content-encoding", "content-language"] as const;

const DEFAULT_TYPE = "application/octet-stream";

/** What a write sets besides the content. @param contentType used when the headers have none */
export function propertiesOf(headers: IncomingHttpHeaders, contentType?: string): BlobProperties {
  const kept = KEPT.flatMap((name): [string, string][] => {
    const value = headers[`x-ms-blob-${name}`];
    return value === undefined ? [] : [[name, String(value)]];
  });
  return {
    // azure-native sends an empty one, and needs one back.
    contentType: filled(headers["x-ms-blob-content-type"]) ?? filled(contentType) ?? DEFAULT_TYPE,
    headers: Object.fromEntries(kept),
    metadata: metadataOf(headers),
  };
}

function filled(header: string | readonly string[] | undefined): string | undefined {
  return header === undefined || header === "" ? undefined : String(header);
}

export function metadataOf(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers)
    .filter(([name]) => name.startsWith(META))
    .map(([name, value]): [string, string] => [name.slice(META.length), String(value)]);
  if (entries.some(([name]) => !META_NAME.test(name))) {
    throw new BlobError(
      400,
      "InvalidMetadata",
      "The specified metadata is invalid. It includes characters that are not permitted.",
    );
  }
  if (entries.reduce((size, [name, value]) => size + name.length + value.length, 0) > MAX_META) {
    throw new BlobError(
      400,
      "MetadataTooLarge",
      "The size of the specified metadata exceeds the maximum size permitted.",
    );
  }
  return Object.fromEntries(entries);
}

/** The headers of every answer about a blob. */
export function blobHeaders(blob: StoredBlob): Record<string, string> {
  return {
    etag: blob.etag,
    "last-modified": blob.modified,
    "content-type": filled(blob.contentType) ?? DEFAULT_TYPE,
    ...(blob.md5 !== undefined && { "content-md5": blob.md5 }),
    ...blob.headers,
    ...metadataHeaders(blob.metadata),
    "accept-ranges": "bytes",
    "x-ms-blob-type": "BlockBlob",
    "x-ms-creation-time": blob.created,
    "x-ms-lease-state": "available",
    "x-ms-lease-status": "unlocked",
    "x-ms-access-tier": "Hot",
    "x-ms-access-tier-inferred": "true",
    "x-ms-server-encrypted": "true",
  };
}

export function metadataHeaders(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`${META}${name}`, value]));
}

export function md5Of(content: Buffer): string {
  return createHash("md5").update(content).digest("base64");
}

/** Refuses content that does not match its hash. */
export function checkMd5(
  name: "content-md5" | "x-ms-blob-content-md5",
  headers: IncomingHttpHeaders,
  md5: string,
): void {
  const given = headers[name];
  if (given === undefined || given === md5) return;
  readMd5(name, headers);
  throw new BlobError(
    400,
    "Md5Mismatch",
    "The MD5 value specified in the request did not match with the MD5 value calculated by the server.",
  );
}

/** The hash that a header gives, of 16 bytes in base64. */
export function readMd5(name: string, headers: IncomingHttpHeaders): string | undefined {
  const given = headers[name];
  if (given === undefined) return undefined;
  const bytes = Buffer.from(String(given), "base64");
  if (bytes.length === 16 && bytes.toString("base64") === given) return given;
  throw name === "content-md5"
    ? new BlobError(
        400,
        "InvalidMd5",
        "The MD5 value specified in the request is invalid. It must be 128 bits and Base64-encoded.",
      )
    : invalidHeader(name, given);
}
