import { WeightsFrom } from "../../components/args/rollout";
import { listTraffic } from "../../components/rollout/message";
import { isServing, sameTraffic, weightOf } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import { isSameName } from "../../components/values/sameName";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import type { ConfigEdit } from "../stack/stackFile";
import type { RolloutState } from "./rolloutState";

/** What a verb does: edits of stack config, which an update then makes true. */
export interface Move {
  readonly verb: string;
  /** In one line, such as `model-2 0 -> 10 (step 1 of 4)`. */
  readonly text: string;
  readonly edits: readonly ConfigEdit[];
  /** Whether nothing but weights changes, so the live ones tell whether it was done. */
  readonly isWeightsOnly: boolean;
  /** What is live afterwards. */
  readonly leaves: TrafficState;
  /** What usually comes next, and the command. */
  readonly next: string;
}

/** How a move ended. */
export interface MoveResult {
  readonly exitCode: ExitCode;
  /** Whether the move was made. */
  readonly done: boolean;
  /** Whether stack config is as it was before, to the letter. */
  readonly configRestored: boolean;
  readonly message: string;
  /** What the preview or the update refused, in its own words. */
  readonly refusals?: readonly string[];
}

export function refuse(message: string): never {
  throw new Failure(message, EXIT.refused);
}

/** @throws Failure unless what config declares is what the last update left */
export function requireApplied({ declared, applied }: RolloutState): void {
  if (sameTraffic(declared, applied)) return;
  refuse(
    `stack config declares ${listTraffic(declared)}, the last update left ${isServing(applied) ? listTraffic(applied) : "none"}; ` +
      'apply it first with "pulumi up", or give the weight back with "mlflow-rollout abort"',
  );
}

/** The one deployment that is being rolled out. @throws Failure when there is none, or more than one */
export function requireCandidate(state: RolloutState): { readonly stable: string; readonly candidate: string } {
  const { stable, candidates, declared } = state;
  const busy = candidates.filter(
    (name) => weightOf(declared.traffic, name) + weightOf(declared.mirrorTraffic, name) > 0,
  );
  const [candidate, ...others] = busy.length > 0 ? busy : candidates;
  if (stable === undefined || candidate === undefined)
    refuse('nothing is being rolled out; "mlflow-rollout start <model folder>" begins a rollout');
  if (others.length > 0)
    refuse(
      `which deployment is the candidate is not clear: ${[candidate, ...others].join(", ")}; ` +
        "set the weights in traffic yourself, or remove a deployment",
    );
  return { stable, candidate };
}

/** The edits that give a candidate a weight, and the stable deployment the rest, where config holds them. */
export function weightEdits(
  state: RolloutState,
  stable: string,
  candidate: string,
  weight: number,
): readonly ConfigEdit[] {
  if (state.weightsFrom === WeightsFrom.Candidate) return [{ path: ["candidateTraffic"], value: weight }];
  const { traffic } = state.declared;
  return Object.keys(traffic).map((name) => ({
    path: ["traffic", name],
    value: weightAfter(name, stable, candidate, weight),
  }));
}

/** Weights of all deployments when a candidate has one. */
export function splitOf(
  state: RolloutState,
  stable: string,
  candidate: string,
  weight: number,
): Readonly<Record<string, number>> {
  const names = Object.keys(state.declared.traffic);
  return Object.fromEntries(names.map((name) => [name, weightAfter(name, stable, candidate, weight)]));
}

/** Edits that end mirroring; none where there is none. */
export function unmirrorEdits({ declared }: RolloutState): readonly ConfigEdit[] {
  return Object.keys(declared.mirrorTraffic).length === 0 ? [] : [{ path: ["mirrorTraffic"] }];
}

function weightAfter(name: string, stable: string, candidate: string, weight: number): number {
  if (isSameName(name, candidate)) return weight;
  return isSameName(name, stable) ? 100 - weight : 0;
}
