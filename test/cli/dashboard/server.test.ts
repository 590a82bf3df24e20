import { once } from "node:events";
import { createServer, get, request } from "node:http";
import type { IncomingMessage, RequestOptions } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { DashboardServer } from "../../../cli/dashboard/server";
import { rolloutView } from "../../support/rolloutHistory";
import { ScriptedFeed } from "../../support/scriptedSources";

const WAITING = rolloutView({ phase: "waiting", message: "go on" });

async function served(views = [rolloutView(), WAITING]) {
  const { feed, script } = await ScriptedFeed.open(views);
  const server = await DashboardServer.start(feed, 0);
  onTestFinished(async () => {
    await script.stop();
    await server.close();
  });
  const ask = async (path: string, options: RequestOptions = {}) => {
    const asked = request(new URL(path, server.url), { agent: false, ...options }).end();
    const [response] = (await once(asked, "response")) as [IncomingMessage];
    let body = "";
    for await (const part of response.setEncoding("utf8")) body += String(part);
    return { status: response.statusCode, headers: response.headers, body };
  };
  return { feed, script, server, ask };
}

interface Event {
  readonly id: string;
  readonly data: { readonly title: string; readonly fragments: Readonly<Record<string, string>> };
}

/** Opens the events as a browser does. */
async function listen(url: string, headers: Readonly<Record<string, string>> = {}) {
  const asked = get(new URL(url), { agent: false, headers });
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  let text = "";
  response.setEncoding("utf8").on("data", (part: string) => (text += part));
  response.on("error", () => undefined);
  const events = (): readonly Event[] =>
    [...text.matchAll(/id: (.*)\nevent: view\ndata: (.*)\n\n/g)].map(([, id = "", data = ""]) => {
      return { id, data: JSON.parse(data) as Event["data"] };
    });
  return {
    response,
    events,
    heard: (count: number) => vi.waitUntil(() => events().length >= count),
    text: () => text,
    leave: () => void asked.destroy(),
  };
}

test("the page, with headers that keep it to itself", async () => {
  const { ask, feed } = await served();
  const { status, headers, body } = await ask("/");
  expect(status).toBe(200);
  expect(body).toMatch(/^<!doctype html>/);
  expect(body).toContain(`data-stream="/events?seen=${feed.current.version}"`);
  expect(headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  expect(headers).not.toHaveProperty("access-control-allow-origin");
});

test.each(["127.0.0.1:1234", "localhost", "LOCALHOST:80", "[::1]:8080"])("%s is this machine", async (host) => {
  const { ask } = await served();
  expect(await ask("/", { headers: { host } })).toMatchObject({ status: 200 });
});

test.each(["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example:1", "localhost@evil"])(
  "another name for this machine, such as %j, is refused",
  async (host) => {
    const { ask } = await served();
    for (const path of ["/", "/events"]) {
      expect(await ask(path, { headers: { host } })).toMatchObject({
        status: 421,
        body: "this server answers to 127.0.0.1 only\n",
      });
    }
  },
);

test.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])("%s is refused", async (method) => {
  const { ask } = await served();
  const { status, headers } = await ask("/", { method });
  expect([status, headers["allow"]]).toEqual([405, "GET, HEAD"]);
});

test.each([
  ["/?a=b", 200],
  ["/index.html", 404],
  ["/../etc/passwd", 404],
  ["/%2e%2e/", 404],
  ["//evil.example/", 404],
  ["/events/", 404],
])("%s is answered with %i", async (path, expected) => {
  const { server } = await served();
  const asked = request({ host: "127.0.0.1", port: new URL(server.url).port, path, agent: false }).end();
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(expected);
});

test("HEAD has no body", async () => {
  const { ask } = await served();
  expect(await ask("/", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
});

test("events bring what has changed to every page that is open", async () => {
  const { server, script, feed } = await served();
  const url = `${server.url}events?seen=${feed.current.version}`;
  const pages = [await listen(url), await listen(url)];
  await vi.waitUntil(() => server.readers === 2);
  await script.next();
  for (const page of pages) await page.heard(1);
  const [event] = pages[1]?.events() ?? [];
  expect(event?.id).toBe(feed.current.version);
  expect(event?.data.title).toBe("waiting · model-2 25\u00a0% · heart-x7k2p");
  expect(Object.keys(event?.data.fragments ?? {})).toEqual(["summary"]);
  expect(pages[0]?.response.headers["content-type"]).toBe("text/event-stream");
});

test("a page that has seen another state gets everything at once", async () => {
  const { server, script, feed } = await served();
  const old = feed.current.version;
  await script.next();
  for (const [path, headers] of [
    ["events", {}],
    [`events?seen=${old}`, {}],
    [`events?seen=${feed.current.version}`, { "last-event-id": old }],
  ] as const) {
    const page = await listen(`${server.url}${path}`, headers);
    await page.heard(1);
    expect(Object.keys(page.events()[0]?.data.fragments ?? {})).toHaveLength(7);
  }
});

test("a page that comes back with what is shown now gets nothing", async () => {
  const { server, script, feed } = await served();
  const page = await listen(`${server.url}events?seen=old`, { "last-event-id": feed.current.version });
  await vi.waitUntil(() => page.text() !== "");
  expect(page.events()).toEqual([]);
  await script.next();
  await page.heard(1);
  expect(page.events()).toHaveLength(1);
});

test("pages of other sites do not hold connections open", async () => {
  const { server } = await served();
  const page = await listen(`${server.url}events`, { "sec-fetch-site": "cross-site" });
  expect([page.response.statusCode, server.readers]).toEqual([403, 0]);
  const own = await listen(`${server.url}events`, { "sec-fetch-site": "same-origin" });
  expect([own.response.statusCode, server.readers]).toEqual([200, 1]);
});

test("nothing is kept of a page that is closed, however many there were", async () => {
  const { server, script } = await served();
  for (let round = 0; round < 30; round += 1) {
    const page = await listen(`${server.url}events`);
    page.leave();
  }
  await vi.waitUntil(() => server.readers === 0);
  await script.next();
  expect(server.readers).toBe(0);
});

test("a hundred pages are enough", async () => {
  const { server } = await served();
  for (let count = 0; count < 100; count += 1) await listen(`${server.url}events`);
  expect((await listen(`${server.url}events`)).response.statusCode).toBe(503);
});

test("a browser that reads nothing gets the newest state when it reads again, and not all of them", async () => {
  const long = "x".repeat(200_000);
  const views = Array.from({ length: 200 }, (_, index) => rolloutView({ message: `${index} ${long}` }));
  const { server, script, feed } = await served(views);
  const page = await listen(`${server.url}events?seen=${feed.current.version}`);
  page.response.pause();
  for (let count = 0; count < 199; count += 1) await script.next();
  page.response.resume();
  const last = feed.current.version;
  await vi.waitUntil(() => page.events().at(-1)?.id === last, { timeout: 20_000 });
  expect(page.events().length).toBeLessThan(150);
});

test("it ends although pages are open", async () => {
  const { feed, script } = await ScriptedFeed.open([rolloutView()]);
  const server = await DashboardServer.start(feed, 0);
  const { url } = server;
  const page = await listen(`${url}events`);
  const ended = once(page.response, "close");
  await server.close();
  await ended;
  await script.stop();
  await expect(listen(url)).rejects.toThrow("ECONNREFUSED");
});

test("a port that is taken is named, with what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { feed, script } = await ScriptedFeed.open([rolloutView()]);
  onTestFinished(() => script.stop());
  await expect(DashboardServer.start(feed, port)).rejects.toThrow(
    `cannot listen on 127.0.0.1:${port}: another program listens there; leave --port out for any free port`,
  );
});
