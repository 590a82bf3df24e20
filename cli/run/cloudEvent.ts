import { createHash } from "node:crypto";
import type { Transition, TransitionType } from "./transition";

/** A transition as a CloudEvent 1.0 in its JSON format (https://cloudevents.io). */
export interface CloudEvent {
  readonly specversion: "1.0";
  /** The same for the same transition, by whichever run of the command it is told: a receiver may drop what it has. */
  readonly id: string;
  /** `/organization/project/stack/component`. */
  readonly source: string;
  readonly type: `${typeof PREFIX}${TransitionType}`;
  /** The candidate; left out while nothing is being rolled out. */
  readonly subject?: string;
  /** RFC 3339. */
  readonly time: string;
  readonly datacontenttype: "application/json";
  readonly data: EventData;
}

interface EventData extends Omit<Transition, "type" | "since"> {
  readonly stack: string;
}

/** Before the name of a transition; a reverse domain name, as the specification wants it. */
const PREFIX = "io.github.azure-mlflow-rollout.";

/** How a file or a request with one event is marked. */
export const EVENT_CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";

export interface EventPlace {
  /** `organization/project/stack`. */
  readonly stack: string;
  readonly at: Date;
}

export function cloudEventOf(transition: Transition, { stack, at }: EventPlace): CloudEvent {
  const { type, since, ...data } = transition;
  const { component, candidate } = transition;
  const source = `/${[...stack.split("/"), component].map(encodeURIComponent).join("/")}`;
  const time = at.toISOString();
  return {
    specversion: "1.0",
    id: idOf([source, type, candidate, since, data.weight, data.mirrored, isRepeatable(type) ? time : undefined]),
    source,
    type: `${PREFIX}${type}`,
    ...(candidate !== undefined && { subject: candidate }),
    time,
    datacontenttype: "application/json",
    data: { stack, ...data },
  };
}

/** What may happen again at the same weights, and is another event then. */
function isRepeatable(type: TransitionType): boolean {
  return ["started", "recovered", "applied", "stopped", "interrupted"].includes(type);
}

function idOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
