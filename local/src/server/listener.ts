import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { AddressInfo, Server } from "node:net";
import type { Duplex } from "node:stream";
import { toSent } from "../http/exchange";
import type { Exchange, ExchangeObserver, Reply, SentReply } from "../http/exchange";
import { accountOfHost } from "../http/storageHosts";
import { detailsOf, logEntry } from "../log/requestLog";
import type { RequestLogEntry } from "../log/requestLog";

export interface ListenerOptions {
  /** Most bytes of a body by its path; of a longer one, the service gets one byte more than that, and refuses it. */
  readonly mostBytes: (path: string) => number;
  readonly observe: ExchangeObserver | undefined;
  readonly log: ((entry: RequestLogEntry) => void) | undefined;
}

/** Serves a function over HTTP. A failure of the function itself is answered, never a crash. */
export function listen(handle: (exchange: Exchange) => Promise<Reply>, options: ListenerOptions): RequestListener {
  return (request, response) => {
    void serve(handle, options, request, response);
  };
}

async function serve(
  handle: (exchange: Exchange) => Promise<Reply>,
  { mostBytes, observe, log }: ListenerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const began = performance.now();
  try {
    const exchange = await read(request, mostBytes);
    const reply = await handle(exchange).catch(internalError);
    const sent = toSent(exchange.method, reply);
    if (reply.status === 0) {
      request.socket.destroy();
    } else {
      observe?.(exchange, sent);
      send(response, sent);
    }
    log?.(logEntry(exchange, reply.status, began, () => detailsOf(exchange, sent)));
  } catch (error) {
    // The client has gone, or the reply cannot be sent as it is.
    if (response.headersSent || response.destroyed) response.destroy();
    else send(response, toSent("GET", internalError(error)));
  }
}

/** Answers what is no HTTP request, or one that is too slow or too large to be read, as ARM answers errors. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const [status, reason, code] = UNREADABLE[error.code ?? ""] ?? ["400", "Bad Request", "BadRequest"];
  const message = `The request could not be read: ${error.message}`;
  const body = JSON.stringify({ error: { code, message } });
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

const UNREADABLE: Readonly<Record<string, readonly [status: string, reason: string, code: string]>> = {
  HPE_HEADER_OVERFLOW: ["431", "Request Header Fields Too Large", "RequestHeaderFieldsTooLarge"],
  ERR_HTTP_REQUEST_TIMEOUT: ["408", "Request Timeout", "RequestTimeout"],
};

/** A defect of the server is not the client's mistake. */
function internalError(error: unknown): Reply {
  return { status: 500, body: { error: { code: "InternalServerError", message: String(error) } } };
}

async function read(request: IncomingMessage, mostBytes: ListenerOptions["mostBytes"]): Promise<Exchange> {
  const url = request.url ?? "/";
  const cut = url.indexOf("?");
  const given = cut < 0 ? url : url.slice(0, cut);
  const asked = given.startsWith("//") ? given.replace(/^\/+/, "/") : given;
  const { method = "GET", headers } = request;
  const account = accountOfHost(headers.host);
  const path = account === undefined ? asked : `/blob/${account}${asked}`;
  const query = new URLSearchParams(cut < 0 ? undefined : url.slice(cut + 1));
  const body = await readBody(request, mostBytes(path) + 1);
  return account === undefined
    ? { method, path, query, headers, body }
    : { method, path, signedPath: asked, query, headers, body };
}

/** The first bytes of a body; the rest is read and thrown away, so the client gets to read the reply. */
function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      if (size < most) chunks.push(chunk.subarray(0, most - size));
      size += chunk.length;
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", reject);
  });
}

/** Up to this size a body is copied, which costs less than a write of its own. */
const SMALL_BYTES = 16_384;

function send(response: ServerResponse, { status, headers, body }: SentReply): void {
  response.writeHead(status, headers);
  // Node joins headers and text to one write, and writes a buffer apart. As latin1 each byte stays what it is.
  if (body !== undefined && body.length <= SMALL_BYTES) response.end(body.toString("latin1"), "latin1");
  else response.end(body);
}

/**
 * Lets a server listen on the loopback interface; gives its port.
 *
 * @param port 0 for any free one
 * @throws Error when the port is in use
 */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new Error(`port ${port} is in use; choose another one`) : error);
    });
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
