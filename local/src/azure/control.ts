import type { Store } from "../arm/store";
import type { Clock } from "../common/clock";
import { isObject } from "../common/json";
import type { FaultInjector } from "../faults/injector";
import { KNOWN_FAULTS } from "../faults/knownFaults";
import type { TrafficLog } from "../gateway/trafficLog";
import { jsonOf } from "../http/exchange";
import type { Exchange, Reply } from "../http/exchange";
import type { Trace } from "../log/trace";

/** What the control interface reads and sets. */
export interface ControlTargets {
  readonly trace: Trace;
  readonly trafficLog: TrafficLog;
  readonly store: Store;
  readonly clock: Clock;
  readonly faults: FaultInjector;
  /** Clears resources, blobs, operations, trace, traffic and faults; keeps clock and credentials. */
  reset(): Promise<void>;
}

/**
 * The control interface below `/_local`: trace, state, clock and faults. No fault applies to it, and it is not traced.
 */
export async function handleControl(exchange: Exchange, targets: ControlTargets): Promise<Reply> {
  const { method, query } = exchange;
  const { trace, store, clock, faults } = targets;
  const name = exchange.path.slice("/_local/".length);
  if (method === "GET" && name === "health")
    return { status: 200, body: { status: "ok", peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024) } };
  if (method === "GET" && name === "trace") {
    const since = Number(query.get("since") ?? 0);
    if (!Number.isInteger(since)) return refuse(400, "since must be a whole number");
    return { status: 200, body: { entries: trace.read(since, query.get("kind") ?? undefined) } };
  }
  if (method === "GET" && name === "traffic-log") return { status: 200, body: { rows: targets.trafficLog.read() } };
  if (method === "GET" && name === "state") {
    return { status: 200, body: { resources: store.all().map(({ document }) => document) } };
  }
  if (method === "GET" && name === "clock") return { status: 200, body: clock.state() };
  if (method === "POST" && name === "clock") return setClock(exchange, clock);
  if (name === "faults" && ["GET", "POST", "DELETE"].includes(method)) return handleFaults(exchange, faults);
  if (method === "POST" && name === "reset") {
    await targets.reset();
    return { status: 204 };
  }
  return refuse(
    404,
    `there is no ${method} ${exchange.path}; use GET health, trace, traffic-log, state, clock, faults, POST clock, faults, reset or DELETE faults`,
  );
}

function handleFaults(exchange: Exchange, faults: FaultInjector): Reply {
  if (exchange.method === "DELETE") faults.clear();
  if (exchange.method === "POST") {
    const problems = faults.add(jsonOf(exchange));
    if (problems.length > 0) return refuse(400, problems.join("\n"));
  }
  const known = Object.entries(KNOWN_FAULTS).map(([name, { match, source }]) => ({ fault: name, match, source }));
  return { status: 200, body: { rules: faults.list(), known } };
}

/** The settable values, with the maximum that keeps dates representable. */
const CLOCK: Readonly<Record<string, readonly [allowed: string, check: (value: unknown) => boolean]>> = {
  freeze: ["true; to let the clock run again, set speed", (value) => value === true],
  speed: ["a number above 0, at most 1e6", (value) => isWithin(value, 1e6)],
  advanceSeconds: ["a number above 0, at most 1e9", (value) => isWithin(value, 1e9)],
};

async function setClock(exchange: Exchange, clock: Clock): Promise<Reply> {
  const request = jsonOf(exchange);
  if (!isObject(request)) return refuse(400, 'the body must be a JSON object such as {"advanceSeconds": 60}');
  const problems = Object.entries(request).flatMap(([key, value]) => {
    const [allowed, check] = Object.hasOwn(CLOCK, key) ? (CLOCK[key] ?? []) : [];
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

function refuse(status: number, message: string): Reply {
  return { status, body: { error: { code: "BadRequest", message } } };
}
