import { isObject } from "./arm/body";
import type { Store } from "./arm/store";
import type { Clock } from "./clock";
import type { Exchange, Reply } from "./http/exchange";
import type { Trace } from "./trace";

/** The server's own interface, below `/_local`: what was asked, what is there, what time it is. */
export function handleControl(exchange: Exchange, trace: Trace, store: Store, clock: Clock): Reply | Promise<Reply> {
  const { method, query } = exchange;
  const name = exchange.path.slice("/_local/".length);
  if (method === "GET" && name === "health")
    return { status: 200, body: { status: "ok", peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024) } };
  if (method === "GET" && name === "trace") {
    const since = Number(query.get("since") ?? 0);
    if (!Number.isInteger(since)) return refuse(400, "since must be a whole number");
    return { status: 200, body: { entries: trace.read(since, query.get("kind") ?? undefined) } };
  }
  if (method === "GET" && name === "state") {
    return { status: 200, body: { resources: store.all().map(({ document }) => document) } };
  }
  if (method === "GET" && name === "clock") return { status: 200, body: clock.state() };
  if (method === "POST" && name === "clock") return setClock(exchange, clock);
  return refuse(404, `there is no ${method} ${exchange.path}; use GET health, trace, state, clock or POST clock`);
}

/** What a request may set, with the most that keeps dates representable. */
const CLOCK: Readonly<Record<string, readonly [allowed: string, check: (value: unknown) => boolean]>> = {
  freeze: ["true; to let the clock run again, set speed", (value) => value === true],
  speed: ["a number above 0, at most 1e6", (value) => isWithin(value, 1e6)],
  advanceSeconds: ["a number above 0, at most 1e9", (value) => isWithin(value, 1e9)],
};

async function setClock({ body }: Exchange, clock: Clock): Promise<Reply> {
  const request = parsed(body);
  if (!isObject(request)) return refuse(400, 'the body must be a JSON object such as {"advanceSeconds": 60}');
  const problems = Object.entries(request).flatMap(([key, value]) => {
    const [allowed, check] = CLOCK[key] ?? [];
    if (allowed === undefined) return [`${key} is not known; use ${Object.keys(CLOCK).join(", ")}`];
    return check?.(value) === true ? [] : [`${key} must be ${allowed}; got ${JSON.stringify(value)}`];
  });
  if (problems.length > 0) return refuse(400, problems.join("\n"));
  const { freeze, speed, advanceSeconds } = request;
  if (freeze === true) clock.freeze();
  if (typeof speed === "number") clock.run(speed);
  if (typeof advanceSeconds === "number") await clock.advance(advanceSeconds * 1000);
  return { status: 200, body: clock.state() };
}

function isWithin(value: unknown, max: number): boolean {
  return typeof value === "number" && value > 0 && value <= max;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

function refuse(status: number, message: string): Reply {
  return { status, body: { error: { code: "BadRequest", message } } };
}
