import { randomUUID } from "node:crypto";
import { bearerToken } from "../http/exchange";
import type { Exchange, Reply } from "../http/exchange";
import { BlobRequests } from "./blobRequests";
import { UncommittedBlocks } from "./blockList";
import { handleContainer } from "./containerRequests";
import { containerList, readListQuery } from "./listing";
import { BlobStore } from "./records";
import { BlobError, containerNotFound, invalidHeader, unsupportedPart, unsupportedVerb } from "./refusals";
import { isSigned } from "./sharedKey";

const VERSION = "2024-11-04";
/** From this version on a token may replace a signature. */
const TOKEN_VERSION = "2017-11-09";
/** Tolerated clock difference between client and service. */
const MAX_SKEW_MS = 15 * 60_000;

/** How an account may be accessed. */
export interface AccountAccess {
  readonly keys: readonly string[];
  /** Whether signatures with the keys are accepted; tokens always are. */
  readonly isKeyAllowed: boolean;
}

/** Called when a container is created or deleted, in any way. */
export type ContainerObserver = (account: string, container: string, exists: boolean) => void;

/**
 * The part of Azure Blob Storage that models need: block blobs, written whole or in blocks, read, listed and deleted
 * with an account key or a token for storage. Copies, leases, snapshots, shared access signatures and other kinds of
 * blob are refused. Callers with a token have all rights.
 *
 * Azurite does more, at 374 packages (drivers of two databases and telemetry among them), its releases after 3.35 need
 * Node 21, and models are read from the blobs in this process; `@azure/storage-blob` is what this is tested with.
 */
export class BlobService {
  private readonly accounts = new Map<string, AccountAccess>();
  private readonly uncommitted = new UncommittedBlocks();
  private readonly requests: BlobRequests;
  private observe: ContainerObserver = () => undefined;
  readonly store: BlobStore;

  /** @param isToken whether a token was issued for storage, or for an account of it */
  constructor(
    private readonly url: string,
    directory: string | undefined,
    private readonly isToken: (token: string) => boolean,
  ) {
    this.store = new BlobStore(directory);
    this.requests = new BlobRequests(this.store, this.uncommitted);
  }

  endpoint(account: string): string {
    return `${this.url}/blob/${account}/`;
  }

  addAccount(account: string, access: AccountAccess): void {
    this.accounts.set(account, access);
  }

  removeAccount(account: string): void {
    this.accounts.delete(account);
    this.uncommitted.forgetBelow(account);
    this.store.removeAccount(account);
  }

  /** Deletes every account and every blob. */
  clear(): void {
    for (const account of this.accounts.keys()) this.uncommitted.forgetBelow(account);
    this.accounts.clear();
    this.store.clear();
  }

  watchContainers(observer: ContainerObserver): void {
    this.observe = observer;
  }

  /** Creates a container unless it exists. */
  createContainer(account: string, container: string, metadata: Readonly<Record<string, string>> = {}): void {
    if (this.store.getContainer(account, container) !== undefined) return;
    this.store.putContainer(account, container, metadata);
    this.observe(account, container, true);
  }

  deleteContainer(account: string, container: string): void {
    this.uncommitted.forgetBelow(`${account}/${container}`);
    this.store.deleteContainer(account, container);
    this.observe(account, container, false);
  }

  /** Answers a request below `/blob/{account}`. */
  handle(exchange: Exchange): Reply {
    const version = exchange.headers["x-ms-version"] ?? VERSION;
    const clientId = exchange.headers["x-ms-client-request-id"];
    const common = {
      "x-ms-version": /^[\d-]+$/.test(String(version)) ? String(version) : VERSION,
      "x-ms-request-id": randomUUID(),
      date: new Date().toUTCString(),
      ...(clientId !== undefined && { "x-ms-client-request-id": String(clientId) }),
    };
    try {
      const reply = this.answer(exchange);
      return { ...reply, headers: { ...common, ...reply.headers } };
    } catch (error) {
      if (!(error instanceof BlobError)) throw error;
      const reply = error.toReply();
      return { ...reply, headers: { ...common, ...reply.headers } };
    }
  }

  private answer(exchange: Exchange): Reply {
    const [, , account = "", container = "", ...rest] = exchange.path.split("/").map(decode);
    const { query, method } = exchange;
    this.authorize(exchange, account);
    const name = rest.join("/");
    const isContainer = query.get("restype") === "container";
    if (container === "") return this.account(exchange, account);
    if (name !== "" && !isContainer) return this.requests.handle(exchange, { account, container, name });
    if (name !== "") throw unsupportedPart(query.get("comp"));
    if (!isContainer) {
      // Without a container, the blob is in the root container, which never exists here.
      throw method === "GET" || method === "HEAD" || method === "DELETE" ? containerNotFound() : unsupportedVerb();
    }
    const place = { account, container, endpoint: this.endpoint(account) };
    return handleContainer(exchange, place, this.store, {
      create: (...given) => this.createContainer(...given),
      delete: (...given) => this.deleteContainer(...given),
    });
  }

  private account({ method, query }: Exchange, account: string): Reply {
    if (method !== "GET") throw unsupportedVerb();
    if (query.get("comp") !== "list") throw unsupportedPart(query.get("comp"));
    const body = containerList(this.endpoint(account), this.store.listContainers(account), readListQuery(query));
    return { status: 200, headers: { "content-type": "application/xml" }, body };
  }

  private authorize(exchange: Exchange, account: string): void {
    const { headers } = exchange;
    const access = this.accounts.get(account);
    if (access === undefined) throw new BlobError(404, "ResourceNotFound", "The specified resource does not exist.");
    const version = headers["x-ms-version"];
    if (version !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(String(version))) {
      throw invalidHeader("x-ms-version", version);
    }
    if (headers.authorization === undefined) {
      throw this.unauthenticated(
        "NoAuthenticationInformation",
        "Server failed to authenticate the request. Please refer to the information in the www-authenticate header.",
      );
    }
    const token = bearerToken(headers);
    if (token !== undefined) {
      if (String(version ?? "") >= TOKEN_VERSION && this.isToken(token)) return;
      throw this.unauthenticated(
        "InvalidAuthenticationInfo",
        "Server failed to authenticate the request. The token is not for storage, has expired, or needs a newer x-ms-version.",
      );
    }
    if (!access.isKeyAllowed) {
      throw new BlobError(
        403,
        "KeyBasedAuthenticationNotPermitted",
        "Key based authentication is not permitted on this storage account.",
      );
    }
    if (isRecent(exchange) && isSigned(exchange, account, access.keys)) return;
    throw new BlobError(
      403,
      "AuthenticationFailed",
      "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.",
    );
  }

  private unauthenticated(code: string, message: string): BlobError {
    const challenge = `Bearer authorization_uri=${this.url}/common/oauth2/authorize resource_id=https://storage.azure.com`;
    return new BlobError(401, code, message, { "www-authenticate": challenge });
  }
}

/** A signed request is accepted for a quarter of an hour. */
function isRecent({ headers }: Exchange): boolean {
  const date = headers["x-ms-date"] ?? headers.date;
  return Math.abs(Date.parse(String(date)) - Date.now()) <= MAX_SKEW_MS;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new BlobError(400, "InvalidUri", "The requested URI does not represent any resource on the server.");
  }
}
