import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { isObject } from "../common/json";
import type { DataDirectory } from "../data/dataDirectory";
import { accountOfHost } from "../http/storageHosts";
import { listenOnLoopback } from "./listener";

const REFUSED = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const OPEN = "HTTP/1.1 200 Connection Established\r\n\r\n";
const FILE = "proxy.json";

export interface StorageProxy {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): void;
}

/**
 * Starts a proxy that leads the hosts of storage accounts to the server, whatever their names are resolved to, and every
 * other connection to where it is to go. With a folder it has the same port after a restart, unless that is taken.
 *
 * @param port of the server
 */
export async function startStorageProxy(port: number, directory: DataDirectory | undefined): Promise<StorageProxy> {
  const { HTTPS_PROXY, https_proxy: lower } = process.env;
  const start = async (wanted: number): Promise<readonly [close: () => void, port: number]> => {
    let taken = 0;
    const given = HTTPS_PROXY ?? lower;
    // In a shell with the environment of an earlier start, it would ask itself.
    const isOwn = () => given?.includes(`//127.0.0.1:${taken}`) === true;
    const { server, close } = storageProxy(port, () => (isOwn() ? undefined : given));
    taken = await listenOnLoopback(server, wanted);
    return [close, taken];
  };
  const before = directory?.read(FILE, (content) =>
    portIn(content) === undefined ? "port must be a number" : undefined,
  );
  const [close, taken] = await start(portIn(before) ?? 0).catch(() => start(0));
  directory?.write(FILE, { port: taken });
  return { url: `http://127.0.0.1:${taken}`, close };
}

/** @param upstreamOf address of the proxy that this machine needs for connections to elsewhere */
export function storageProxy(
  port: number,
  upstreamOf: () => string | undefined,
): { readonly server: Server; readonly close: () => void } {
  const proxy = createServer((_, response) => {
    response.writeHead(405, { "content-type": "text/plain" }).end("This proxy takes CONNECT only.\n");
  });
  const open = new Set<Socket>();
  proxy.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  proxy.on("connect", (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const target = request.url ?? "";
    const upstream = upstreamOf();
    const [, host = "", number = "443"] = /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(target) ?? [];
    if (accountOfHost(target) !== undefined) return tunnel(client, head, connect(port, "127.0.0.1"), OPEN);
    if (upstream === undefined) return tunnel(client, head, connect(Number(number), host), OPEN);
    // The other proxy answers the client itself.
    const asked = Buffer.concat([Buffer.from(connectText(target, upstream)), head]);
    const { hostname, port: at } = new URL(upstream);
    return tunnel(client, asked, connect(Number(at === "" ? 80 : at), hostname), "");
  });
  // Tunnels have no end of their own.
  const close = (): void => {
    proxy.close();
    for (const socket of open) socket.destroy();
  };
  return { server: proxy.unref(), close };
}

function connectText(target: string, upstream: string): string {
  const { username, password } = new URL(upstream);
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64");
  const authorization = username === "" ? "" : `Proxy-Authorization: Basic ${credentials}\r\n`;
  return `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`;
}

function tunnel(client: Duplex, head: Buffer, server: Socket, answer: string): void {
  let isOpen = false;
  server.once("connect", () => {
    isOpen = true;
    client.write(answer);
    server.write(head);
    client.pipe(server).pipe(client);
  });
  client.once("error", () => server.destroy());
  client.once("close", () => server.destroy());
  server.once("error", () => (isOpen ? client.destroy() : client.end(REFUSED)));
  server.once("close", () => isOpen && client.destroy());
}

function portIn(content: unknown): number | undefined {
  const port = isObject(content) ? content["port"] : undefined;
  return typeof port === "number" && Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}
