import type { Move } from "../../cli/verbs/move";
import { rolloutStateOf } from "../../cli/verbs/rolloutState";
import type { RolloutState } from "../../cli/verbs/rolloutState";
import { openedRollout } from "./openedRollout";
import type { Weights } from "../../components/rollout/weights";

/** Stack files of rollouts: one deployment. */
export const ONE = `config:
  heart:modelVersions: { "1": models/1 }
  heart:deployments: { model-1: { modelVersion: "1", instanceCount: 2 } }
`;

/** Two deployments by `candidate`, as a rollout has them. */
export function two(weight: number, more = ""): string {
  return `config:
  heart:modelVersions: { "1": models/1, "2": models/2 }
  heart:deployments: { model-1: { modelVersion: "1" }, model-2: { modelVersion: "2" } }
  heart:candidate: model-2
  heart:candidateTraffic: ${weight}
${more}`;
}

/** The same by the map `traffic`. */
export function mapped(traffic: Weights): string {
  return `config:
  heart:modelVersions: { "1": models/1, "2": models/2 }
  heart:deployments: { model-1: { modelVersion: "1" }, model-2: { modelVersion: "2" } }
  heart:traffic: ${JSON.stringify(traffic)}
`;
}

/** What a verb decides from: a stack file, and what the last update applied. */
export function stateOf(text: string, applied: Parameters<typeof openedRollout>[1]): RolloutState {
  const state = rolloutStateOf(openedRollout(text, applied));
  if (state === undefined) throw new Error("no state");
  return state;
}

/** The same of a rollout at a weight, applied as it is declared. */
export const at = (weight: number, more = "", mirror: Weights = {}): RolloutState =>
  stateOf(two(weight, more), { traffic: { "model-1": 100 - weight, "model-2": weight }, mirror });

/** What a move changes in the stack file, by the path of the key. */
export function editsOf(move: Move | undefined): Record<string, unknown> {
  return Object.fromEntries((move?.edits ?? []).map(({ path, value }) => [path.join("."), value]));
}
