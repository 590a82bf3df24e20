import { createServer } from "node:http";
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Failure } from "../terminal/failure";
import { oneLine } from "../terminal/text";
import { EventStream } from "./eventStream";
import type { Feed } from "./feed";
import { CONTENT_SECURITY_POLICY, pageOf } from "./page";

const HOST = "127.0.0.1";
/** Names of this machine for itself. Another one has been made to lead here, so that its pages could read this one. */
const OWN_NAMES = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;
const MOST_STREAMS = 100;
const BEAT_MS = 15_000;

const HEADERS: OutgoingHttpHeaders = {
  "cache-control": "no-store",
  "content-security-policy": `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** The page and its events on the loopback interface, for reading only. */
export class DashboardServer {
  private readonly streams = new Set<EventStream>();
  private readonly server: Server;
  private readonly unsubscribe: () => void;
  private readonly beats: NodeJS.Timeout;

  private constructor(private readonly feed: Feed) {
    this.server = createServer((request, response) => this.answer(request, response));
    this.unsubscribe = feed.subscribe((published) => {
      for (const stream of this.streams) stream.send(published);
    });
    this.beats = setInterval(() => {
      for (const stream of this.streams) stream.beat();
    }, BEAT_MS).unref();
  }

  /**
   * @param port - 0 takes any free one
   * @throws Failure when it cannot listen there
   */
  static async start(feed: Feed, port: number): Promise<DashboardServer> {
    const dashboard = new DashboardServer(feed);
    const { server } = dashboard;
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject).listen(port, HOST, resolve);
      });
    } catch (error) {
      dashboard.stopFollowing();
      throw new Failure(`cannot listen on ${HOST}:${port}: ${reasonOf(error)}; leave --port out for any free port`);
    }
    return dashboard;
  }

  get url(): string {
    return `http://${HOST}:${(this.server.address() as AddressInfo).port}/`;
  }

  /** How many pages are open. */
  get readers(): number {
    return this.streams.size;
  }

  async close(): Promise<void> {
    this.stopFollowing();
    for (const stream of this.streams) stream.end();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private stopFollowing(): void {
    this.unsubscribe();
    clearInterval(this.beats);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value ?? "");
    const { method, url = "/", headers } = request;
    const path = url.split("?")[0];
    if (!OWN_NAMES.test(headers.host ?? "")) return refuse(response, 421, `this server answers to ${HOST} only`);
    if (method !== "GET" && method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      return refuse(response, 405, "this page is for reading only");
    }
    if (path === "/") return this.sendPage(response);
    if (path === "/events" && method === "GET") return this.openStream(request, response);
    return refuse(response, 404, "there is only the page itself: /");
  }

  private sendPage(response: ServerResponse): void {
    const { version, update } = this.feed.current;
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(pageOf(update, { stream: `/events?seen=${version}` }));
  }

  private openStream({ url = "", headers }: IncomingMessage, response: ServerResponse): void {
    if (!["same-origin", undefined].includes(headers["sec-fetch-site"]))
      return refuse(response, 403, "the events are for this page only");
    if (this.streams.size >= MOST_STREAMS) return refuse(response, 503, `${MOST_STREAMS} pages are open already`);
    const { current } = this.feed;
    const stream = new EventStream(response);
    const seen = headers["last-event-id"] ?? new URLSearchParams(url.split("?")[1]).get("seen");
    if (seen === current.version) stream.shows(current);
    else stream.send(current);
    this.streams.add(stream);
    response.once("close", () => this.streams.delete(stream));
  }
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}

function reasonOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return "another program listens there";
  if (code === "EACCES") return "ports below 1024 are not for every user";
  return oneLine(error);
}
