import type { StoredBlob, StoredContainer } from "./records";
import { BlobError } from "./refusals";
import { element, nameElement, xmlDocument, xmlText } from "./xml";

const MAX_RESULTS = 5000;

/** The options of a list. */
export interface ListQuery {
  readonly prefix: string;
  /** Empty for a flat list. */
  readonly delimiter: string;
  readonly marker: string;
  readonly maxResults: number;
  readonly includesMetadata: boolean;
}

export function readListQuery(query: URLSearchParams): ListQuery {
  const asked = query.get("maxresults");
  const maxResults = asked === null ? MAX_RESULTS : Number(asked);
  if (!Number.isInteger(maxResults) || maxResults < 1) {
    throw new BlobError(
      400,
      "OutOfRangeQueryParameterValue",
      "One of the query parameters specified in the request URI is outside the permissible range: maxresults.",
    );
  }
  return {
    prefix: query.get("prefix") ?? "",
    delimiter: query.get("delimiter") ?? "",
    marker: query.get("marker") ?? "",
    maxResults: Math.min(maxResults, MAX_RESULTS),
    includesMetadata: (query.get("include") ?? "").split(",").includes("metadata"),
  };
}

export function blobList(
  endpoint: string,
  container: string,
  blobs: readonly [string, StoredBlob][],
  query: ListQuery,
): Buffer {
  const items = query.delimiter === "" ? blobs : grouped(blobs, query);
  const { shown, next } = page(items, query);
  const elements = shown.map(([name, blob]) =>
    blob === undefined ? `<BlobPrefix>${nameElement(name)}</BlobPrefix>` : blobElement(name, blob, query),
  );
  const content = `${echo(query)}<Blobs>${elements.join("")}</Blobs>${element("NextMarker", next)}`;
  return results(`ServiceEndpoint="${xmlText(endpoint)}" ContainerName="${xmlText(container)}"`, content);
}

export function containerList(
  endpoint: string,
  containers: readonly [string, StoredContainer][],
  query: ListQuery,
): Buffer {
  const { shown, next } = page(
    containers.filter(([name]) => name.startsWith(query.prefix)),
    query,
  );
  const elements = shown.map(([name, { etag, modified, metadata }]) => {
    const properties = `<Last-Modified>${modified}</Last-Modified>${element("Etag", etag)}<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState>`;
    const meta = query.includesMetadata ? metadataElement(metadata) : "";
    return `<Container>${nameElement(name)}<Properties>${properties}</Properties>${meta}</Container>`;
  });
  const content = `${echo(query)}<Containers>${elements.join("")}</Containers>${element("NextMarker", next)}`;
  return results(`ServiceEndpoint="${xmlText(endpoint)}"`, content);
}

/** Names are grouped by their part up to the delimiter. */
function grouped(
  blobs: readonly [string, StoredBlob][],
  { prefix, delimiter }: ListQuery,
): readonly [string, StoredBlob | undefined][] {
  const items = new Map<string, StoredBlob | undefined>();
  for (const [name, blob] of blobs) {
    const cut = name.indexOf(delimiter, prefix.length);
    if (cut < 0) items.set(name, blob);
    else items.set(name.slice(0, cut + delimiter.length), undefined);
  }
  return [...items];
}

/** A marker is the first name of the next page, encoded so that clients treat it as opaque. */
function page<T>(
  items: readonly [string, T][],
  { marker, maxResults }: ListQuery,
): { readonly shown: readonly [string, T][]; readonly next: string } {
  const first = Buffer.from(marker, "base64url").toString("utf8");
  const rest = items.filter(([name]) => name >= first);
  const next = rest[maxResults]?.[0];
  return {
    shown: rest.slice(0, maxResults),
    next: next === undefined ? "" : Buffer.from(next).toString("base64url"),
  };
}

function blobElement(name: string, blob: StoredBlob, { includesMetadata }: ListQuery): string {
  const { contentType, content, md5, etag, modified, created, headers, metadata } = blob;
  const properties = [
    `<Creation-Time>${created}</Creation-Time><Last-Modified>${modified}</Last-Modified>`,
    element("Etag", etag),
    `<Content-Length>${content.length}</Content-Length>`,
    element("Content-Type", contentType),
    element("Content-Encoding", headers["content-encoding"] ?? ""),
    element("Content-Language", headers["content-language"] ?? ""),
    element("Content-MD5", md5 ?? ""),
    element("Cache-Control", headers["cache-control"] ?? ""),
    element("Content-Disposition", headers["content-disposition"] ?? ""),
    "<BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier><AccessTierInferred>true</AccessTierInferred>",
    "<LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState><ServerEncrypted>true</ServerEncrypted>",
  ];
  const meta = includesMetadata ? metadataElement(metadata) : "";
  return `<Blob>${nameElement(name)}<Properties>${properties.join("")}</Properties>${meta}</Blob>`;
}

function metadataElement(metadata: Readonly<Record<string, string>>): string {
  const entries = Object.entries(metadata).map(([name, value]) => element(name, value));
  return `<Metadata>${entries.join("")}</Metadata>`;
}

/** A list echoes its options. */
function echo({ prefix, marker, maxResults, delimiter }: ListQuery): string {
  const asked = maxResults === MAX_RESULTS ? "" : `<MaxResults>${maxResults}</MaxResults>`;
  const delimited = delimiter === "" ? "" : element("Delimiter", delimiter);
  return `${element("Prefix", prefix)}${element("Marker", marker)}${asked}${delimited}`;
}

function results(attributes: string, content: string): Buffer {
  return xmlDocument(`<EnumerationResults ${attributes}>${content}</EnumerationResults>`);
}
