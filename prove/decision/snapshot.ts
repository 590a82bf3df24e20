import type { Tags } from "../../components/rollout/record";
import { RECORD_TAGS } from "../../components/rollout/record";
import { idOfValue, keyOfAll } from "./ids";
import { NO_TRAFFIC } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";

/** The traffic of an endpoint. */
export interface Endpoint extends TrafficState {
  readonly tags: Tags;
}

/** A deployment in Azure. While it is scaled, and after a failed scaling, it still answers. */
export interface ModelledDeployment {
  /** The model version, with the instance count if that may change: `1 x2`. */
  readonly version: string;
  readonly state: "Succeeded" | "Failed" | "Scaling";
}

/** The model version without the instance count. */
export function modelVersionOf(version: string): string {
  return version.split(" x")[0] ?? version;
}

/** What the engine has in its state. */
export interface EngineState {
  readonly endpoint: boolean;
  /** Failed ones are updated even without a change. */
  readonly deployments: Readonly<Record<string, ModelledDeployment>>;
  /** The inputs of the traffic step. */
  readonly step: Endpoint | undefined;
}

/** Azure and the engine's state between two calls. */
export interface Snapshot {
  readonly endpoint: Endpoint | undefined;
  readonly deployments: Readonly<Record<string, ModelledDeployment>>;
  readonly state: EngineState;
  /** A deployment without capacity: every write of it fails. */
  readonly noCapacity: string | undefined;
  /** Known only to the prover: every state that our last writes may have left. */
  readonly ours: readonly TrafficState[];
  /** The plan has already had its fault. */
  readonly faulted: boolean;
}

export const EMPTY_AZURE: Snapshot = {
  endpoint: undefined,
  deployments: {},
  state: { endpoint: false, deployments: {}, step: undefined },
  noCapacity: undefined,
  // The endpoint is created without weights.
  ours: [NO_TRAFFIC],
  faulted: false,
};

const EPOCH = Date.parse("2026-01-01T00:00:00Z");

/** The time of a simulated run. */
export function atMinute(number: number): Date {
  return new Date(EPOCH + number * 60_000);
}

/** Instants in a snapshot after {@link withEarlyInstants}: one per document. */
export const MOST_INSTANTS = 2;

const EARLY = [0, 1].map((number) => atMinute(number).toISOString());

/**
 * The snapshot with its recorded instants moved to the first minutes, in the same order. The decision only asks which
 * instants are equal and whether the bake time is over, so nothing is lost.
 */
export function withEarlyInstants(snapshot: Snapshot): Snapshot {
  const documents = [snapshot.endpoint, snapshot.state.step];
  const instants = [
    ...new Set(documents.flatMap((document) => document?.tags[RECORD_TAGS.changedAt] ?? [])),
  ].toSorted();
  if (instants.every((instant, index) => instant === EARLY[index])) return snapshot;
  const move = (document: Endpoint | undefined): Endpoint | undefined => {
    const instant = document?.tags[RECORD_TAGS.changedAt];
    if (document === undefined || instant === undefined) return document;
    const moved = EARLY[instants.indexOf(instant)] ?? "";
    return { ...document, tags: { ...document.tags, [RECORD_TAGS.changedAt]: moved } };
  };
  return {
    ...snapshot,
    endpoint: move(snapshot.endpoint),
    state: { ...snapshot.state, step: move(snapshot.state.step) },
  };
}

/** A key: equal for equal snapshots. */
export function keyOfSnapshot({ endpoint, deployments, state, noCapacity, ours, faulted }: Snapshot): string {
  const written = ours.map(idOfValue).toSorted((a, b) => a - b);
  const parts = [endpoint, deployments, state.endpoint, state.deployments, state.step, noCapacity];
  return keyOfAll([...parts, written.join(" "), faulted]);
}
