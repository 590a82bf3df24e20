import { WeightsFrom } from "../../components/args/rollout";
import { weightOf } from "../../components/rollout/weights";
import type { ConfigEdit } from "../stack/stackFile";
import { refuse, requireApplied } from "./move";
import type { Move } from "./move";
import type { RolloutState } from "./rolloutState";

/**
 * The end of a rollout: the deployments without weight leave, and with them all that config says of the rollout, so the
 * next one begins at 0.
 *
 * @throws Failure when a deployment has some of the traffic but not all, or nothing is left to remove
 */
export function finish(state: RolloutState): Move {
  const { declared, plan, isPlanInProgram } = state;
  const names = Object.keys(declared.traffic);
  const weightedNames = names.filter((name) => weightOf(declared.traffic, name) > 0);
  const [kept, ...others] = weightedNames;
  if (kept === undefined || others.length > 0)
    refuse(
      `${weightedNames.map((name) => `${name} has ${weightOf(declared.traffic, name)}`).join(", ")}; ` +
        'give one of them everything first: "mlflow-rollout promote --full" or "mlflow-rollout abort"',
    );
  const mirrored = names.filter((name) => weightOf(declared.mirrorTraffic, name) > 0);
  if (mirrored.length > 0)
    refuse(`${mirrored.join(", ")} gets copies of live requests; end that first: "mlflow-rollout abort"`);
  const leaving = names.filter((name) => name !== kept);
  if (leaving.length === 0) refuse(`${kept} is the only deployment; nothing is left to finish`);
  requireApplied(state);
  return {
    verb: "finish",
    text: `${leaving.join(", ")} ${leaving.length === 1 ? "is" : "are"} deleted, ${kept} has all of the traffic`,
    edits: [
      ...leaving.map((name): ConfigEdit => ({ path: ["deployments", name] })),
      ...endOfWeights(state, leaving),
      ...(plan.paused !== undefined && !isPlanInProgram ? [{ path: ["rollout", "paused"] } as const] : []),
    ],
    isWeightsOnly: false,
    leaves: { traffic: { [kept]: 100 }, mirrorTraffic: {} },
    next: "mlflow-rollout start <model folder>",
  };
}

function endOfWeights({ weightsFrom }: RolloutState, leaving: readonly string[]): readonly ConfigEdit[] {
  if (weightsFrom === WeightsFrom.Candidate) return [{ path: ["candidate"] }, { path: ["candidateTraffic"] }];
  return weightsFrom === undefined ? [] : leaving.map((name) => ({ path: ["traffic", name] }));
}
