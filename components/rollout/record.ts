import { createHash } from "node:crypto";
import { changedInFuture } from "./changeTime";
import { isOwn } from "./owner";
import type { Ownership } from "./owner";
import { stableAfter } from "./roles";
import { MAX_TAG_VALUE } from "./tagLimits";
import type { TrafficState, Weights } from "./weights";
import { NO_TRAFFIC, formatTraffic, isServing, positiveWeights, sameTraffic } from "./weights";
import { isSameName } from "../values/sameName";

const PREFIX = "mlflow-rollout-";

/** The tags that a traffic step writes on the endpoint beside the weights. */
export const RECORD_TAGS = {
  /** The weights written, as `default=90 green=10`, or their SHA-256 when longer than a tag may be. */
  traffic: `${PREFIX}traffic`,
  /** When the weights last changed, RFC 3339. */
  changedAt: `${PREFIX}changed-at`,
  /** The stable deployment of the step. */
  stable: `${PREFIX}stable`,
  /** Whose step it was: `organization/project/stack component`. */
  owner: `${PREFIX}owner`,
  /** Names of the declared tags, so one removed from the program is removed from the endpoint too. */
  tags: `${PREFIX}tags`,
} as const;

/**
 * Whether a tag is one that steps write down, now or in another version of this package. Names are compared ignoring
 * case.
 */
export function isRecordTag(name: string): boolean {
  return name.toLowerCase().startsWith(PREFIX);
}

export type Tags = Readonly<Record<string, string>>;

/** What the tags of an endpoint say about its last traffic step. */
export interface StepRecord {
  readonly traffic?: string;
  readonly changedAt?: string;
  readonly stable?: string;
  readonly owner?: string;
  readonly declaredTags: readonly string[];
}

export function recordOf(tags: Tags): StepRecord {
  const { traffic, changedAt, stable, owner } = RECORD_TAGS;
  return {
    ...(tags[traffic] !== undefined && { traffic: tags[traffic] }),
    ...(tags[changedAt] !== undefined && { changedAt: tags[changedAt] }),
    ...(tags[stable] !== undefined && { stable: tags[stable] }),
    ...(tags[owner] !== undefined && { owner: tags[owner] }),
    declaredTags: parseNames(tags[RECORD_TAGS.tags]),
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

/** A live endpoint with what it says of its last write. */
export interface RecordedEndpoint extends TrafficState {
  readonly tags: Tags;
  /** When anything of the endpoint was last written, RFC 3339; Azure's own record. */
  readonly lastModifiedAt?: string;
}

export interface EndpointTagsRequest {
  readonly declared: TrafficState;
  readonly declaredTags: Tags;
  readonly now: Date;
  /** Who writes it. */
  readonly ownership?: Ownership;
  /** The live endpoint, or undefined when there is none or it cannot be read. */
  readonly live: RecordedEndpoint | undefined;
}

/**
 * All tags of the endpoint after the next traffic step: those of others that are live, the declared ones, and the
 * record of the step. They are the live ones exactly when nothing has to be written, so the traffic step has a change
 * whenever the live weights or tags are not the declared ones.
 */
export function endpointTags({ declared, declaredTags, live, now, ownership }: EndpointTagsRequest): Tags {
  const record = withoutFuture(recordOf(live?.tags ?? {}), now);
  const traffic = recordedTraffic(declared);
  const settled = live !== undefined && sameTraffic(live, declared) && record.traffic === traffic;
  const stable = stableAfter(live ?? NO_TRAFFIC, declared, record.stable);
  const since = settled ? record.changedAt : unrecordedSince(live, declared);
  const owner = ownership && ownerTag(ownership, live, since !== undefined);
  return {
    ...othersTags(live?.tags ?? {}, Object.keys(declaredTags)),
    ...declaredTags,
    [RECORD_TAGS.traffic]: traffic,
    [RECORD_TAGS.changedAt]: since ?? now.toISOString(),
    ...(stable !== undefined && { [RECORD_TAGS.stable]: stable }),
    ...(owner !== undefined && { [RECORD_TAGS.owner]: owner }),
    ...tagNames(Object.keys(declaredTags)),
  };
}

/** While nothing is to be written, the tag stays as it is, or away; that of another owner gives the step a change, to be refused. */
function ownerTag(ownership: Ownership, live: RecordedEndpoint | undefined, isSettled: boolean): string | undefined {
  const tagged = live?.tags[RECORD_TAGS.owner];
  return isSettled && (isOwn(ownership, tagged) || ownership.takeOver === tagged) ? tagged : ownership.owner;
}

/** A time that cannot be gives the step a change, which writes it anew. */
function withoutFuture({ changedAt, ...record }: StepRecord, now: Date): StepRecord {
  return { ...record, ...(changedAt !== undefined && !changedInFuture(changedAt, now) && { changedAt }) };
}

/**
 * Since when the declared weights are live on an endpoint without a record, one that other tools made: at the latest
 * since its last write. It stays the same until somebody writes the endpoint, so nothing is to be written.
 */
function unrecordedSince(live: RecordedEndpoint | undefined, declared: TrafficState): string | undefined {
  if (live === undefined || hasRecord(live) || !isServing(live) || !sameTraffic(live, declared)) return undefined;
  return live.lastModifiedAt;
}

/**
 * What was written last, as far as an endpoint alone can say: without a record, that of an endpoint taken over from
 * other tools, it is taken to be what is live. Only the traffic step itself knows better.
 */
export function presumedEarlier(live: RecordedEndpoint): readonly TrafficState[] {
  return hasRecord(live) ? [] : [live];
}

function hasRecord({ tags }: RecordedEndpoint): boolean {
  return recordOf(tags).traffic !== undefined;
}

/** The live tags that the program neither declares nor declared before. */
export function othersTags(live: Tags, declared: readonly string[]): Tags {
  const ours = [...declared, ...recordOf(live).declaredTags];
  const isOther = (name: string): boolean => !isRecordTag(name) && !includesName(ours, name);
  return Object.fromEntries(Object.entries(live).filter(([name]) => isOther(name)));
}

/** Azure compares tag names ignoring case and refuses two that differ only in case. */
function includesName(names: readonly string[], name: string): boolean {
  return names.some((other) => isSameName(other, name));
}

/** Sorted, so a new order in the program is not a change; not recorded when they do not fit. */
function tagNames(declared: readonly string[]): Tags {
  const text = JSON.stringify(declared.toSorted());
  return text.length <= MAX_TAG_VALUE ? { [RECORD_TAGS.tags]: text } : {};
}

function parseNames(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  try {
    const names: unknown = JSON.parse(text);
    return Array.isArray(names) && names.every((name) => typeof name === "string") ? names : [];
  } catch {
    return [];
  }
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
