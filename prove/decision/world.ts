import type { Tags } from "../../components/rollout/record";
import { RECORD_TAGS } from "../../components/rollout/record";
import { idOf, keyOfAll } from "./ids";
import { NO_TRAFFIC } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";

/** An endpoint as far as traffic is concerned. */
export interface Endpoint extends TrafficState {
  readonly tags: Tags;
}

/** A deployment in Azure: which model it runs and whether it came up. */
export interface ModelledDeployment {
  readonly version: string;
  readonly state: "Succeeded" | "Failed";
}

/** What the engine has in its state. */
export interface EngineState {
  readonly endpoint: boolean;
  /** Failed ones get an update even when nothing of them has changed. */
  readonly deployments: Readonly<Record<string, ModelledDeployment>>;
  /** The inputs of the traffic step. */
  readonly step: Endpoint | undefined;
}

/** Azure and the state of the engine between two calls. */
export interface World {
  readonly endpoint: Endpoint | undefined;
  readonly deployments: Readonly<Record<string, ModelledDeployment>>;
  readonly state: EngineState;
  /** What the prover knows and nobody else: every state that our last writes may have left. */
  readonly ours: readonly TrafficState[];
  /** The plan has had its fault. */
  readonly faulted: boolean;
}

export const NOTHING: World = {
  endpoint: undefined,
  deployments: {},
  state: { endpoint: false, deployments: {}, step: undefined },
  // The endpoint is created without weights.
  ours: [NO_TRAFFIC],
  faulted: false,
};

const EPOCH = Date.parse("2026-01-01T00:00:00Z");

/** The minute that a run of the model happens in. */
export function minute(number: number): Date {
  return new Date(EPOCH + number * 60_000);
}

/**
 * The world with the recorded instants moved to the first minutes, their order kept. Of instants the decision only asks
 * which are equal and whether the bake time is over, so that nothing is lost.
 */
export function withEarlyInstants(world: World): World {
  const documents = [world.endpoint, world.state.step];
  const instants = [
    ...new Set(documents.flatMap((document) => document?.tags[RECORD_TAGS.changedAt] ?? [])),
  ].toSorted();
  if (instants.every((instant, index) => instant === minute(index).toISOString())) return world;
  const move = (document: Endpoint | undefined): Endpoint | undefined => {
    const instant = document?.tags[RECORD_TAGS.changedAt];
    if (document === undefined || instant === undefined) return document;
    const moved = minute(instants.indexOf(instant)).toISOString();
    return { ...document, tags: { ...document.tags, [RECORD_TAGS.changedAt]: moved } };
  };
  return {
    ...world,
    endpoint: move(world.endpoint),
    state: { ...world.state, step: move(world.state.step) },
  };
}

/** Instants that a world can hold after {@link withEarlyInstants}: one in each document. */
export const MOST_INSTANTS = 2;

/** A text that two worlds share when they are the same. */
export function keyOf({ endpoint, deployments, state, ours, faulted }: World): string {
  const written = ours.map(idOf).toSorted((a, b) => a - b);
  return keyOfAll([endpoint, deployments, state.endpoint, state.deployments, state.step, written.join(" "), faulted]);
}
