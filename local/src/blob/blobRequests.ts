import type { Exchange, Reply } from "../http/exchange";
import { blobHeaders, checkMd5, md5Of, metadataHeaders, propertiesOf, readMd5 } from "./blobHeaders";
import { blockListXml, commitBlocks } from "./blockList";
import type { UncommittedBlocks } from "./blockList";
import { checkConditions } from "./conditions";
import { readContent } from "./ranges";
import type { BlobStore, StoredBlob } from "./records";
import {
  BlobError,
  containerNotFound,
  invalidHeader,
  invalidQuery,
  unsupportedPart,
  unsupportedVerb,
} from "./refusals";

const MAX_NAME = 1024;
const LIST_TYPES = new Set(["committed", "uncommitted", "all"]);
const ENCRYPTED = { "x-ms-request-server-encrypted": "true" };

export interface BlobPlace {
  readonly account: string;
  readonly container: string;
  readonly name: string;
}

/** Answers requests to block blobs: whole ones and ones in blocks, their content, properties and metadata. */
export class BlobRequests {
  constructor(
    private readonly store: BlobStore,
    private readonly uncommitted: UncommittedBlocks,
  ) {}

  handle(exchange: Exchange, place: BlobPlace): Reply {
    const { method, query, headers } = exchange;
    const { account, container, name } = place;
    if (this.store.getContainer(account, container) === undefined) throw containerNotFound();
    if (name.length > MAX_NAME) {
      throw new BlobError(400, "InvalidResourceName", `The name of a blob has at most ${MAX_NAME} characters.`);
    }
    if (headers["x-ms-copy-source"] !== undefined) throw invalidHeader("x-ms-copy-source", "copies are not served");
    const existing = this.store.get(account, container, name);
    const part = query.get("comp");
    if (method === "PUT") return this.write(exchange, place, part, existing);
    if (method === "GET" && part === "blocklist") return this.blockList(exchange, place, existing);
    if (existing === undefined) throw new BlobError(404, "BlobNotFound", "The specified blob does not exist.");
    if (method === "DELETE" && part === null) {
      checkConditions(headers, existing, "write");
      this.uncommitted.forget(keyOf(place));
      this.store.remove(account, container, name);
      return { status: 202, headers: { "x-ms-delete-type-permanent": "true" } };
    }
    if (method !== "GET" && method !== "HEAD") throw unsupportedVerb();
    checkConditions(headers, existing, "read");
    if (part === "metadata")
      return { status: 200, headers: { ...versionOf(existing), ...metadataHeaders(existing.metadata) } };
    if (part !== null) throw unsupportedPart(part);
    if (method === "GET") return readContent(existing, blobHeaders(existing), headers);
    return { status: 200, headers: { ...blobHeaders(existing), "content-length": String(existing.content.length) } };
  }

  private write(exchange: Exchange, place: BlobPlace, part: string | null, existing: StoredBlob | undefined): Reply {
    if (part === null) return this.putBlob(exchange, place, existing);
    if (part === "block") return this.putBlock(exchange, place);
    if (part === "blocklist") return this.putBlockList(exchange, place, existing);
    if (part !== "metadata" && part !== "properties") throw unsupportedPart(part);
    if (existing === undefined) throw new BlobError(404, "BlobNotFound", "The specified blob does not exist.");
    const { headers } = exchange;
    checkConditions(headers, existing, "write");
    const { metadata, ...properties } = propertiesOf(headers);
    const md5 = readMd5("x-ms-blob-content-md5", headers);
    const blob = this.put(place, { ...existing, ...(part === "metadata" ? { metadata } : { ...properties, md5 }) });
    return { status: 200, headers: { ...versionOf(blob), ...ENCRYPTED } };
  }

  private putBlob({ headers, body }: Exchange, place: BlobPlace, existing: StoredBlob | undefined): Reply {
    const type = headers["x-ms-blob-type"];
    if (type === undefined) {
      throw new BlobError(
        400,
        "MissingRequiredHeader",
        "An HTTP header that's mandatory for this request is not specified: x-ms-blob-type",
      );
    }
    if (type !== "BlockBlob") throw invalidHeader("x-ms-blob-type", `${String(type)}; only BlockBlob is served`);
    checkConditions(headers, existing, "write");
    const md5 = md5Of(body);
    checkMd5("content-md5", headers, md5);
    checkMd5("x-ms-blob-content-md5", headers, md5);
    const properties = propertiesOf(headers, headers["content-type"]);
    this.uncommitted.forget(keyOf(place));
    const blob = this.put(place, { ...properties, content: body, md5, blocks: [] });
    return { status: 201, headers: { ...versionOf(blob), "content-md5": md5, ...ENCRYPTED } };
  }

  private putBlock({ headers, body, query }: Exchange, place: BlobPlace): Reply {
    const md5 = md5Of(body);
    checkMd5("content-md5", headers, md5);
    this.uncommitted.put(keyOf(place), query.get("blockid") ?? "", body);
    return { status: 201, headers: { "content-md5": md5, ...ENCRYPTED } };
  }

  private putBlockList({ headers, body }: Exchange, place: BlobPlace, existing: StoredBlob | undefined): Reply {
    checkConditions(headers, existing, "write");
    const md5 = md5Of(body);
    checkMd5("content-md5", headers, md5);
    const committed = commitBlocks(body, existing, this.uncommitted.of(keyOf(place)));
    const given = { ...propertiesOf(headers), md5: readMd5("x-ms-blob-content-md5", headers) };
    const blob = this.put(place, { ...given, ...committed });
    this.uncommitted.forget(keyOf(place));
    return { status: 201, headers: { ...versionOf(blob), "content-md5": md5, ...ENCRYPTED } };
  }

  private blockList({ query, headers }: Exchange, place: BlobPlace, existing: StoredBlob | undefined): Reply {
    const type = query.get("blocklisttype") ?? "committed";
    if (!LIST_TYPES.has(type)) throw invalidQuery("blocklisttype");
    const uncommitted = this.uncommitted.of(keyOf(place));
    if (existing === undefined && uncommitted.size === 0)
      throw new BlobError(404, "BlobNotFound", "The specified blob does not exist.");
    checkConditions(headers, existing, "read");
    const length = { "x-ms-blob-content-length": String(existing?.content.length ?? 0) };
    return {
      status: 200,
      headers: { ...(existing && versionOf(existing)), ...length, "content-type": "application/xml" },
      body: blockListXml(type, existing, uncommitted),
    };
  }

  private put({ account, container, name }: BlobPlace, blob: Parameters<BlobStore["put"]>[3]): StoredBlob {
    return this.store.put(account, container, name, blob);
  }
}

function keyOf({ account, container, name }: BlobPlace): string {
  return `${account}/${container}/${name}`;
}

function versionOf({ etag, modified }: StoredBlob): Record<string, string> {
  return { etag, "last-modified": modified };
}
