import type { Store } from "./arm/store";
import type { Clock } from "./clock";
import type { Exchange, Reply } from "./http/exchange";
import type { Trace } from "./trace";

/** The server's own interface, below `/_local`: what was asked, what is there, what time it is. */
export function handleControl(exchange: Exchange, trace: Trace, store: Store, clock: Clock): Reply {
  const { method, query } = exchange;
  const name = exchange.path.slice("/_local/".length);
  if (method === "GET" && name === "health") return { status: 200, body: { status: "ok" } };
  if (method === "GET" && name === "trace") {
    const since = Number(query.get("since") ?? 0);
    if (!Number.isInteger(since)) return refuse(400, "since must be a whole number");
    return { status: 200, body: { entries: trace.read(since, query.get("kind") ?? undefined) } };
  }
  if (method === "GET" && name === "state") {
    return { status: 200, body: { resources: store.all().map(({ document }) => document) } };
  }
  if (name === "clock") return method === "GET" ? { status: 200, body: clock.state() } : setClock(exchange, clock);
  return refuse(404, `there is no ${method} ${exchange.path}; use GET health, trace, state, clock or POST clock`);
}

function setClock({ body }: Exchange, clock: Clock): Reply {
  let request: { freeze?: unknown; speed?: unknown; advanceSeconds?: unknown };
  try {
    request = JSON.parse(body.toString("utf8")) as typeof request;
  } catch {
    return refuse(400, 'the body must be JSON such as {"advanceSeconds": 60}');
  }
  if (request.freeze === true) clock.freeze();
  if (typeof request.speed === "number" && request.speed > 0) clock.run(request.speed);
  if (typeof request.advanceSeconds === "number" && request.advanceSeconds > 0)
    clock.advance(request.advanceSeconds * 1000);
  return { status: 200, body: clock.state() };
}

function refuse(status: number, message: string): Reply {
  return { status, body: { error: { code: "BadRequest", message } } };
}
