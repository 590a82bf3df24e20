import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Exchange, Reply } from "./exchange";

/** Azure Resource Manager takes at most 4 MB; blobs are streamed and have their own limit. */
const MAX_BODY = 256 * 1024 * 1024;

/** Serves a function over HTTP. A failure of the function itself is answered, never a crash. */
export function listen(handle: (exchange: Exchange) => Promise<Reply>): RequestListener {
  return (request, response) => {
    void answer(handle, request, response);
  };
}

async function answer(
  handle: (exchange: Exchange) => Promise<Reply>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const exchange = await read(request);
    send(response, exchange.method, await handle(exchange));
  } catch (error) {
    if (response.headersSent) return void response.destroy();
    const message = error instanceof Error ? error.message : "the request could not be read";
    send(response, request.method ?? "GET", { status: 400, body: { error: { code: "BadRequest", message } } });
  }
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

function send(response: ServerResponse, method: string, reply: Reply): void {
  const { status, headers = {}, body } = reply;
  const raw = Buffer.isBuffer(body);
  const payload = body === undefined ? undefined : raw ? body : Buffer.from(JSON.stringify(body));
  const contentType = payload !== undefined && !raw ? { "content-type": "application/json; charset=utf-8" } : {};
  const length = status === 204 || status === 304 ? {} : { "content-length": String(payload?.length ?? 0) };
  response.writeHead(status, { ...contentType, ...length, ...headers });
  response.end(method === "HEAD" ? undefined : payload);
}
