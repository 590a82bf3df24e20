import { createHash } from "node:crypto";
import { isMap } from "./shape";
import type { TrafficState, Weights } from "./weights";
import { formatTraffic, positiveWeights, sameTraffic } from "./weights";

/** Azure ends tag values at 256 characters. */
const MAX_TAG_VALUE = 256;
const PREFIX = "mlflow-rollout-";

/** The tags that a traffic step writes on the endpoint beside the weights. */
export const RECORD_TAGS = {
  /** The weights written, as `default=90 green=10`, or their SHA-256 when longer than a tag may be. */
  traffic: `${PREFIX}traffic`,
  /** When the weights last changed, RFC 3339. */
  changedAt: `${PREFIX}changed-at`,
  /** The deployment that last had all requests. */
  stable: `${PREFIX}stable`,
  /** Names of the tags written: the declared ones and those of others that were kept. */
  tags: `${PREFIX}tags`,
} as const;

export type Tags = Readonly<Record<string, string>>;

/** What the tags of an endpoint say about its last traffic step. */
export interface StepRecord {
  readonly traffic?: string;
  readonly changedAt?: string;
  readonly stable?: string;
  readonly declaredTags: readonly string[];
  readonly keptTags: readonly string[] | undefined;
}

export function recordOf(tags: Tags): StepRecord {
  const names = parseNames(tags[RECORD_TAGS.tags]);
  const { traffic, changedAt, stable } = RECORD_TAGS;
  return {
    ...(tags[traffic] !== undefined && { traffic: tags[traffic] }),
    ...(tags[changedAt] !== undefined && { changedAt: tags[changedAt] }),
    ...(tags[stable] !== undefined && { stable: tags[stable] }),
    declaredTags: names?.declared ?? [],
    keptTags: names?.kept,
  };
}

/** The value of the traffic tag for a state. */
export function recordedTraffic(state: TrafficState): string {
  return fitTag(formatTraffic(state));
}

/**
 * The state that a recorded text stands for, if it is one of `states` or can be read back.
 * A text that was too long for a tag can only be compared.
 */
export function trafficOfRecord(
  recorded: string | undefined,
  states: readonly TrafficState[],
): TrafficState | undefined {
  if (recorded === undefined) return undefined;
  return states.find((state) => recordedTraffic(state) === recorded) ?? parseTraffic(recorded);
}

export interface EndpointTagsRequest {
  readonly declared: TrafficState;
  readonly declaredTags: Tags;
  readonly stable: string | undefined;
  readonly now: Date;
  /** The live endpoint, or undefined when there is none or it cannot be read. */
  readonly live: (TrafficState & { readonly tags: Tags }) | undefined;
}

/**
 * All tags of the endpoint after the next traffic step: those of others that are live, the declared ones, and the
 * record of the step. They are the same as before exactly when nothing has to be written, so that the traffic step
 * has a change whenever the live weights are not the declared ones.
 */
export function endpointTags(request: EndpointTagsRequest): Tags {
  const { declared, declaredTags, live, now } = request;
  const record = recordOf(live?.tags ?? {});
  const others = othersTags(live?.tags ?? {}, [...record.declaredTags, ...Object.keys(declaredTags)]);
  const traffic = recordedTraffic(declared);
  const settled = live !== undefined && sameTraffic(live, declared) && record.traffic === traffic;
  const tagsSettled = settled && Object.entries(declaredTags).every(([name, value]) => live.tags[name] === value);
  const removed = record.declaredTags.some((name) => !includesName(Object.keys(declaredTags), name));
  const kept = tagsSettled && !removed ? pick(others, record.keptTags ?? Object.keys(others)) : others;
  return {
    ...kept,
    ...declaredTags,
    [RECORD_TAGS.traffic]: traffic,
    [RECORD_TAGS.changedAt]: (settled ? record.changedAt : undefined) ?? now.toISOString(),
    ...(request.stable !== undefined && { [RECORD_TAGS.stable]: request.stable }),
    ...tagNames(Object.keys(declaredTags), Object.keys(kept)),
  };
}

function othersTags(live: Tags, ours: readonly string[]): Tags {
  const isOther = (name: string): boolean => !name.startsWith(PREFIX) && !includesName(ours, name);
  return Object.fromEntries(Object.entries(live).filter(([name]) => isOther(name)));
}

function pick(tags: Tags, names: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([name]) => includesName(names, name)));
}

/** Azure compares tag names without case and refuses two that differ only in it. */
function includesName(names: readonly string[], name: string): boolean {
  return names.some((other) => other.toLowerCase() === name.toLowerCase());
}

/** Sorted, since Azure returns tags in an order of its own. */
function tagNames(declared: readonly string[], kept: readonly string[]): Tags {
  const names = { declared: declared.toSorted(), kept: kept.toSorted() };
  const both = JSON.stringify(names);
  const text = both.length <= MAX_TAG_VALUE ? both : JSON.stringify({ declared: names.declared });
  return text.length <= MAX_TAG_VALUE ? { [RECORD_TAGS.tags]: text } : {};
}

function parseNames(text: string | undefined): { declared: string[]; kept?: string[] } | undefined {
  try {
    const names: unknown = JSON.parse(text ?? "");
    return isNames(names) ? names : undefined;
  } catch {
    return undefined;
  }
}

function isNames(value: unknown): value is { declared: string[]; kept?: string[] } {
  if (!isMap(value)) return false;
  const { declared, kept = [] } = value;
  return [declared, kept].every((names) => Array.isArray(names) && names.every((name) => typeof name === "string"));
}

function fitTag(text: string): string {
  return text.length <= MAX_TAG_VALUE ? text : `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

function parseTraffic(text: string): TrafficState | undefined {
  const [traffic = "", mirror = "none"] = text.split(", mirror ");
  const weights = parseWeights(traffic);
  const mirrorWeights = parseWeights(mirror);
  return weights && mirrorWeights && { traffic: weights, mirrorTraffic: mirrorWeights };
}

function parseWeights(text: string): Weights | undefined {
  if (text === "none") return {};
  const parts = text.split(" ").map((part) => /^([^=]+)=(\d+)$/.exec(part));
  if (parts.some((part) => part === null)) return undefined;
  return positiveWeights(Object.fromEntries(parts.map((part) => [part?.[1] ?? "", Number(part?.[2])])));
}
