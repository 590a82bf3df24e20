import type { Exchange, Reply } from "../http/exchange";
import { metadataHeaders, metadataOf } from "./blobHeaders";
import { checkConditions } from "./conditions";
import { blobList, readListQuery } from "./listing";
import type { BlobStore, StoredContainer } from "./records";
import { BlobError, containerNotFound, unsupportedPart, unsupportedVerb } from "./refusals";

/** 3 to 63 lower-case letters, digits and single `-`. */
export const CONTAINER_NAME = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

/** A container and its account. */
export interface ContainerPlace {
  readonly account: string;
  readonly container: string;
  /** URL of the account. */
  readonly endpoint: string;
}

/** Operations on containers. */
export interface ContainerChanges {
  create(account: string, container: string, metadata: Readonly<Record<string, string>>): void;
  delete(account: string, container: string): void;
}

/** Answers a request to a container, `?restype=container`. */
export function handleContainer(
  exchange: Exchange,
  place: ContainerPlace,
  store: BlobStore,
  changes: ContainerChanges,
): Reply {
  const { method, headers, query } = exchange;
  const { account, container, endpoint } = place;
  const existing = store.getContainer(account, container);
  const part = query.get("comp");
  if (method === "PUT" && part === null) return createContainer(exchange, place, existing, changes);
  if (existing === undefined) throw containerNotFound();
  if (method === "DELETE" && part === null) {
    checkConditions(headers, existing, "write");
    changes.delete(account, container);
    return { status: 202 };
  }
  if (method === "PUT" && part === "metadata") {
    checkConditions(headers, existing, "write");
    return { status: 200, headers: versionOf(store.putContainer(account, container, metadataOf(headers))) };
  }
  if (method !== "GET" && method !== "HEAD") throw unsupportedVerb();
  if (part === "list" && method === "GET") {
    const asked = readListQuery(query);
    const body = blobList(endpoint, container, store.list(account, container, asked.prefix), asked);
    return { status: 200, headers: { "content-type": "application/xml" }, body };
  }
  if (part !== null && part !== "metadata") throw unsupportedPart(part);
  return { status: 200, headers: containerHeaders(existing) };
}

function createContainer(
  { headers }: Exchange,
  { account, container }: ContainerPlace,
  existing: StoredContainer | undefined,
  changes: ContainerChanges,
): Reply {
  if (existing !== undefined)
    throw new BlobError(409, "ContainerAlreadyExists", "The specified container already exists.");
  if (!CONTAINER_NAME.test(container)) {
    throw new BlobError(400, "InvalidResourceName", "The specified resource name contains invalid characters.");
  }
  if (headers["x-ms-blob-public-access"] !== undefined) {
    throw new BlobError(409, "PublicAccessNotPermitted", "Public access is not permitted on this storage account.");
  }
  changes.create(account, container, metadataOf(headers));
  return { status: 201 };
}

function containerHeaders(container: StoredContainer): Record<string, string> {
  return {
    ...versionOf(container),
    ...metadataHeaders(container.metadata),
    "x-ms-lease-state": "available",
    "x-ms-lease-status": "unlocked",
    "x-ms-has-immutability-policy": "false",
    "x-ms-has-legal-hold": "false",
  };
}

function versionOf({ etag, modified }: StoredContainer): Record<string, string> {
  return { etag, "last-modified": modified };
}
