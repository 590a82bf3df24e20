import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { toSent } from "./exchange";
import type { Exchange, ExchangeObserver, Reply, SentReply } from "./exchange";

/** Azure Resource Manager takes at most 4 MB; blobs are streamed and have their own limit. */
const MAX_BODY = 256 * 1024 * 1024;

/** Serves a function over HTTP. A failure of the function itself is answered, never a crash. */
export function listen(handle: (exchange: Exchange) => Promise<Reply>, observe?: ExchangeObserver): RequestListener {
  return (request, response) => {
    void serve(handle, observe, request, response);
  };
}

async function serve(
  handle: (exchange: Exchange) => Promise<Reply>,
  observe: ExchangeObserver | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? "GET";
  try {
    const exchange = await read(request);
    const reply = await handle(exchange).catch(broken);
    if (reply.status === 0) return void request.socket.destroy();
    const sent = toSent(method, reply);
    observe?.(exchange, sent);
    send(response, sent);
  } catch (error) {
    if (response.headersSent) return void response.destroy();
    send(response, toSent(method, failed(error)));
  }
}

function failed(error: unknown): Reply {
  const message = error instanceof Error ? error.message : "the request could not be read";
  return { status: 400, body: { error: { code: "BadRequest", message } } };
}

/** A defect of the server is not the client's mistake. */
function broken(error: unknown): Reply {
  return { status: 500, body: { error: { code: "InternalServerError", message: String(error) } } };
}

async function read(request: IncomingMessage): Promise<Exchange> {
  const url = request.url ?? "/";
  const cut = url.indexOf("?");
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error(`the request is larger than ${MAX_BODY} bytes`);
    chunks.push(chunk);
  }
  return {
    method: request.method ?? "GET",
    path: (cut < 0 ? url : url.slice(0, cut)).replace(/^\/+/, "/"),
    query: new URLSearchParams(cut < 0 ? "" : url.slice(cut + 1)),
    headers: request.headers,
    body: Buffer.concat(chunks),
  };
}

function send(response: ServerResponse, { status, headers, body }: SentReply): void {
  response.writeHead(status, headers);
  response.end(body);
}
