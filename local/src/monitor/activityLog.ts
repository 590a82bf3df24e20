import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { ResourceHandler } from "../arm/resourceHandler";
import type { Exchange, Reply } from "../http/exchange";
import { startTimeMissing } from "./refusals";

/** An event, as far as clients look for one. */
interface ActivityEvent {
  readonly at: number;
  readonly resourceId: string;
  readonly document: object;
}

/** When an event can be read: "minutes" later (azure-monitor/platform/activity-log); how many is assumed. */
const DELAY_MS = 3 * 60_000;
const MOST_EVENTS = 1000;
const WRITES = /^(PUT|PATCH|DELETE)$/;
const TIME = /\beventTimestamp (ge|le) '([^']+)'/g;
const RESOURCE = /\bresourceUri eq '([^']+)'/;

/** Writes of Azure Resource Manager that were refused, with the whole answer. Of the activity log only these are kept. */
export class ActivityLog {
  private events: ActivityEvent[] = [];

  /** @param now - virtual time in milliseconds */
  constructor(private readonly now: () => number) {}

  add({ method, path }: Exchange, { status, body }: Reply): void {
    if (!WRITES.test(method) || status < 400) return;
    const at = this.now();
    const code = (STATUS_CODES[status] ?? "").replaceAll(/[ -]/g, "");
    const document = {
      eventDataId: randomUUID(),
      eventTimestamp: new Date(at).toISOString(),
      resourceId: path,
      level: "Error",
      operationName: { value: method === "DELETE" ? "delete" : "write" },
      status: { value: "Failed" },
      subStatus: { value: code },
      properties: { statusCode: code, statusMessage: JSON.stringify(body ?? {}) },
    };
    this.events = [...this.events.slice(1 - MOST_EVENTS), { at, resourceId: path.toLowerCase(), document }];
  }

  clear(): void {
    this.events = [];
  }

  /** Newest first. */
  list(filter: string): readonly object[] {
    const resource = RESOURCE.exec(filter)?.[1]?.toLowerCase();
    const times = [...filter.matchAll(TIME)].map(([, operator, time = ""]) => ({ operator, time: Date.parse(time) }));
    if (!times.some(({ operator }) => operator === "ge") || times.some(({ time }) => Number.isNaN(time)))
      throw startTimeMissing();
    const latest = this.now() - DELAY_MS;
    return this.events
      .filter(({ at, resourceId }) => at <= latest && (resource === undefined || resourceId === resource))
      .filter(({ at }) => times.every(({ operator, time }) => (operator === "ge" ? at >= time : at <= time)))
      .map(({ document }) => document)
      .toReversed();
  }
}

/** `GET .../providers/Microsoft.Insights/eventtypes/management/values`, which belongs to the subscription and to no group. */
export function activityEvents(activityLog: ActivityLog): Readonly<Record<string, ResourceHandler>> {
  return {
    "Microsoft.Insights/eventTypes": { isExtension: true },
    "Microsoft.Insights/eventTypes/values": {
      list: ({ query }) => ({ status: 200, body: { value: activityLog.list(query.get("$filter") ?? "") } }),
    },
  };
}
