import { createHash, randomUUID } from "node:crypto";
import type { Exchange, Reply } from "../http/exchange";
import { BlobStore } from "./blobStore";
import type { StoredBlob } from "./blobStore";
import { isSigned } from "./sharedKey";

const VERSION = "2024-11-04";

/**
 * The part of Azure Blob Storage that models need: block blobs written, read, listed and deleted with an account key.
 *
 * Azurite would do more, at 90 packages (three database drivers among them) and no release that runs on Node 20 since
 * 3.35; `@azure/storage-blob` is what this is tested with.
 */
export class BlobService {
  private readonly accounts = new Map<string, readonly string[]>();
  readonly store: BlobStore;

  constructor(
    private readonly url: string,
    directory: string | undefined,
  ) {
    this.store = new BlobStore(directory);
  }

  endpoint(account: string): string {
    return `${this.url}/blob/${account}/`;
  }

  addAccount(account: string, keys: readonly string[]): void {
    this.accounts.set(account, keys);
  }

  removeAccount(account: string): void {
    this.accounts.delete(account);
    this.store.removeAccount(account);
  }

  /** Forgets every account and every blob. */
  clear(): void {
    this.accounts.clear();
    this.store.clear();
  }

  async createContainer(account: string, container: string): Promise<void> {
    this.store.createContainer(account, container);
  }

  deleteContainer(account: string, container: string): void {
    this.store.deleteContainer(account, container);
  }

  hasContainer(account: string, container: string): boolean {
    return this.store.hasContainer(account, container);
  }

  /** Answers a request below `/blob/{account}`. */
  handle(exchange: Exchange): Reply {
    const [, , account = "", container, ...rest] = exchange.path.split("/").map(decode);
    const keys = this.accounts.get(account);
    if (keys === undefined) return failure(404, "ResourceNotFound", "The specified account does not exist.");
    if (!isSigned(exchange, account, keys)) {
      return failure(
        403,
        "AuthenticationFailed",
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.",
      );
    }
    const name = rest.join("/");
    if (container === undefined || container === "") return failure(400, "InvalidUri", "A container is needed.");
    if (exchange.query.get("restype") === "container" && name === "")
      return this.container(exchange, account, container);
    if (!this.store.hasContainer(account, container)) {
      return failure(404, "ContainerNotFound", "The specified container does not exist.");
    }
    return this.blob(exchange, account, container, name);
  }

  private container({ method, query }: Exchange, account: string, container: string): Reply {
    const exists = this.store.hasContainer(account, container);
    if (method === "PUT") {
      if (exists) return failure(409, "ContainerAlreadyExists", "The specified container already exists.");
      this.store.createContainer(account, container);
      return { status: 201, headers: responseHeaders() };
    }
    if (!exists) return failure(404, "ContainerNotFound", "The specified container does not exist.");
    if (method === "DELETE") {
      this.store.deleteContainer(account, container);
      return { status: 202, headers: responseHeaders() };
    }
    if (query.get("comp") === "list") return this.list(account, container, query.get("prefix") ?? "");
    return { status: 200, headers: responseHeaders() };
  }

  private blob({ method, headers, body }: Exchange, account: string, container: string, name: string): Reply {
    if (method === "PUT") {
      if (headers["x-ms-blob-type"] !== "BlockBlob")
        return failure(400, "InvalidHeaderValue", "Only block blobs are kept here.");
      const md5 = createHash("md5").update(body).digest("base64");
      const given = headers["content-md5"];
      if (given !== undefined && given !== md5)
        return failure(400, "Md5Mismatch", "The MD5 value specified in the request did not match.");
      const exists = this.store.get(account, container, name) !== undefined;
      if (headers["if-none-match"] === "*" && exists)
        return failure(409, "BlobAlreadyExists", "The specified blob already exists.");
      const blob = this.store.put(account, container, name, {
        content: body,
        contentType: String(headers["x-ms-blob-content-type"] ?? headers["content-type"] ?? "application/octet-stream"),
        md5,
      });
      return { status: 201, headers: { ...blobHeaders(blob), "x-ms-request-server-encrypted": "true" } };
    }
    const blob = this.store.get(account, container, name);
    if (blob === undefined) return failure(404, "BlobNotFound", "The specified blob does not exist.");
    if (method === "DELETE") {
      this.store.remove(account, container, name);
      return { status: 202, headers: responseHeaders() };
    }
    const described = {
      ...blobHeaders(blob),
      "content-type": blob.contentType,
      "x-ms-blob-type": "BlockBlob",
      "accept-ranges": "bytes",
    };
    if (method === "HEAD")
      return { status: 200, headers: { ...described, "content-length": String(blob.content.length) } };
    if (method === "GET") return read(blob, described, String(headers["x-ms-range"] ?? headers.range ?? ""));
    return failure(405, "UnsupportedHttpVerb", "The resource doesn't support the specified HTTP verb.");
  }

  private list(account: string, container: string, prefix: string): Reply {
    const blobs = this.store.list(account, container, prefix).map(([name, blob]) => {
      const properties = `<Content-Length>${blob.content.length}</Content-Length><Content-Type>${escape(blob.contentType)}</Content-Type><Content-MD5>${blob.md5}</Content-MD5><Etag>${escape(blob.etag)}</Etag><Last-Modified>${blob.modified}</Last-Modified><BlobType>BlockBlob</BlobType>`;
      return `<Blob><Name>${escape(name)}</Name><Properties>${properties}</Properties></Blob>`;
    });
    const text = `<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="${escape(this.endpoint(account))}" ContainerName="${escape(container)}"><Prefix>${escape(prefix)}</Prefix><Blobs>${blobs.join("")}</Blobs><NextMarker /></EnumerationResults>`;
    return {
      status: 200,
      headers: { ...responseHeaders(), "content-type": "application/xml" },
      body: Buffer.from(text),
    };
  }
}

/** The whole blob, or the part that a range header asks for. */
function read(blob: StoredBlob, described: Record<string, string>, range: string): Reply {
  const { content, md5 } = blob;
  const [, first, last = ""] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  if (first === undefined) return { status: 200, headers: described, body: content };
  const start = Number(first);
  if (start >= content.length) return failure(416, "InvalidRange", "The range specified is invalid.");
  const end = Math.min(last === "" ? Infinity : Number(last), content.length - 1);
  const { "content-md5": _, ...others } = described;
  const headers = {
    ...others,
    "content-range": `bytes ${start}-${end}/${content.length}`,
    "x-ms-blob-content-md5": md5,
  };
  return { status: 206, headers, body: content.subarray(start, end + 1) };
}

function failure(status: number, code: string, message: string): Reply {
  const text = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${escape(message)}</Message></Error>`;
  const headers = { ...responseHeaders(), "content-type": "application/xml", "x-ms-error-code": code };
  return { status, headers, body: Buffer.from(text) };
}

function responseHeaders(): Record<string, string> {
  return { "x-ms-version": VERSION, "x-ms-request-id": randomUUID(), date: new Date().toUTCString() };
}

function blobHeaders(blob: StoredBlob): Record<string, string> {
  return { ...responseHeaders(), etag: blob.etag, "last-modified": blob.modified, "content-md5": blob.md5 };
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
