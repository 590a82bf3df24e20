import { weightOf } from "../../components/rollout/weights";
import type { Move } from "../verbs/move";
import type { RunFacts } from "./runFacts";

/** What can happen in a run, as its events are named. */
export type TransitionType =
  | "started"
  | "recovered"
  | "applied"
  | "mirror-started"
  | "step-reached"
  | "held"
  | "aborted"
  | "completed"
  | "finished"
  | "timed-out"
  | "stopped"
  | "interrupted";

/** Something that has happened in a run. Weights in percent. */
export interface Transition {
  readonly type: TransitionType;
  readonly component: string;
  /** Left out while nothing is being rolled out. */
  readonly candidate?: string;
  readonly stable?: string;
  /** The candidate's live weight and its share of copied requests, as they are now. */
  readonly weight: number;
  readonly mirrored: number;
  /** In one line. */
  readonly message: string;
  /** When the live weights were written that it began with, RFC 3339: the same for a run that was started again. */
  readonly since?: string;
}

/** @param move - what was made; the weights are those of the facts without one */
export function transitionOf(type: TransitionType, facts: RunFacts, message: string, move?: Move): Transition {
  const { component, candidate, stable, changedAt } = facts;
  const name = candidate?.name ?? "";
  return {
    type,
    component,
    ...(candidate && { candidate: candidate.name }),
    ...(stable !== undefined && { stable }),
    weight: move ? weightOf(move.leaves.traffic, name) : (candidate?.live ?? 0),
    mirrored: move ? weightOf(move.leaves.mirrorTraffic, name) : (candidate?.mirrored ?? 0),
    message,
    ...(changedAt !== undefined && { since: new Date(changedAt).toISOString() }),
  };
}

/** What an update that was made is called. */
export function typeOfMade(kind: "promote" | "apply" | "finish" | "recover" | "abort", move?: Move): TransitionType {
  if (kind === "promote")
    return Object.keys(move?.leaves.mirrorTraffic ?? {}).length > 0 ? "mirror-started" : "step-reached";
  return { apply: "applied", finish: "finished", recover: "recovered", abort: "aborted" }[kind] as TransitionType;
}
