import { WeightsFrom } from "../../components/args/rollout";
import { listTraffic } from "../../components/rollout/message";
import { hasWeight, sameWeights, weightOf } from "../../components/rollout/weights";
import type { Weights } from "../../components/rollout/weights";
import { isSameName } from "../../components/values/sameName";
import type { ConfigEdit } from "../stack/stackFile";
import { unmirrorEdits } from "./move";
import type { Move } from "./move";
import type { RolloutState } from "./rolloutState";
import type { TargetDeployment } from "./target";

/**
 * The next move on the way back to an earlier update. While all that served then still runs, it is one write of weights;
 * else deployments are brought back one by one, each without weight first.
 *
 * @returns undefined when what served then serves now
 */
export function undoMove(state: RolloutState, target: readonly TargetDeployment[]): Move | undefined {
  const found = target.map((wanted) => ({ wanted, name: runningNow(state, wanted) }));
  const missing = found.find(({ name }) => name === undefined)?.wanted;
  if (missing === undefined) {
    const weights = Object.fromEntries(found.map(({ wanted, name }) => [name ?? "", wanted.weight]));
    return weightsMove(state, weights);
  }
  const kept = found.find(({ name }) => name !== undefined)?.name ?? state.stable ?? "";
  return weightsMove(state, { [kept]: 100 }) ?? removeOthers(state, kept) ?? bringBack(state, missing);
}

/** The deployment that runs what ran then: of that name if it still does, else any with that version. */
function runningNow({ deployments }: RolloutState, { name, version }: TargetDeployment): string | undefined {
  const running = Object.entries(deployments).filter(([, deployment]) => deployment.modelVersion === version);
  const same = running.find(([other]) => isSameName(other, name)) ?? running[0];
  return same?.[0];
}

/** Whether what is declared is a target already. */
export function isDeclaredNow(state: RolloutState, target: readonly TargetDeployment[]): boolean {
  return undoMove(state, target) === undefined;
}

/** @returns undefined when these are the weights already */
function weightsMove(state: RolloutState, wanted: Weights): Move | undefined {
  const { declared, maxIncrease, stable } = state;
  const names = Object.keys(declared.traffic);
  const aim = Object.fromEntries(names.map((name) => [name, weightOf(wanted, name)]));
  if (sameWeights(declared.traffic, aim) && !names.some((name) => weightOf(declared.mirrorTraffic, name) > 0))
    return undefined;
  const weights = limited(declared.traffic, aim, maxIncrease, stable);
  return {
    verb: "undo",
    text: `${listTraffic(declared)} -> ${listTraffic({ traffic: weights, mirrorTraffic: {} })}`,
    edits: [...unmirrorEdits(state), ...editsOf(state, weights)],
    isWeightsOnly: true,
    leaves: { traffic: weights, mirrorTraffic: {} },
    next: "mlflow-rollout status",
  };
}

/** As far as one step may go; with two deployments, what one may not gain yet the other one keeps. */
function limited(from: Weights, aim: Weights, maxIncrease: number, stable: string | undefined): Weights {
  const name = Object.keys(aim).find(
    (each) => !isSameName(each, stable) && weightOf(aim, each) - weightOf(from, each) > maxIncrease,
  );
  const [other, ...more] = Object.keys(aim).filter((each) => each !== name);
  if (name === undefined || other === undefined || more.length > 0) return aim;
  const weight = weightOf(from, name) + maxIncrease;
  return { [name]: weight, [other]: 100 - weight };
}

function editsOf({ weightsFrom, candidates }: RolloutState, weights: Weights): readonly ConfigEdit[] {
  const [candidate = ""] = candidates;
  if (weightsFrom === WeightsFrom.Candidate)
    return [{ path: ["candidateTraffic"], value: weightOf(weights, candidate) }];
  return Object.entries(weights).map(([name, value]) => ({ path: ["traffic", name], value }));
}

/** @returns undefined when there is no other */
function removeOthers({ deployments, weightsFrom }: RolloutState, kept: string): Move | undefined {
  const others = Object.keys(deployments).filter((name) => !isSameName(name, kept));
  if (others.length === 0) return undefined;
  const weights: readonly ConfigEdit[] =
    weightsFrom === WeightsFrom.Candidate
      ? [{ path: ["candidate"] }, { path: ["candidateTraffic"] }]
      : others.map((name) => ({ path: ["traffic", name] }));
  return {
    verb: "undo",
    text: `${others.join(", ")} ${others.length === 1 ? "is" : "are"} deleted, to make room`,
    edits: [...others.map((name): ConfigEdit => ({ path: ["deployments", name] })), ...weights],
    isWeightsOnly: false,
    leaves: { traffic: { [kept]: 100 }, mirrorTraffic: {} },
    next: "mlflow-rollout undo",
  };
}

function bringBack(state: RolloutState, { name: wanted, version, settings, source }: TargetDeployment): Move {
  const { deployments, versions, weightsFrom, declared } = state;
  const isTaken = Object.keys(deployments).some((other) => isSameName(other, wanted));
  const name = isTaken ? `${wanted.slice(0, 26)}-${version}` : wanted;
  const stable = Object.keys(declared.traffic).find((each) => hasWeight(declared, each)) ?? "";
  const weights: readonly ConfigEdit[] =
    weightsFrom === WeightsFrom.Traffic
      ? [
          { path: ["traffic", stable], value: 100 },
          { path: ["traffic", name], value: 0 },
        ]
      : [
          { path: ["candidate"], value: name },
          { path: ["candidateTraffic"], value: 0 },
        ];
  return {
    verb: "undo",
    text: `version ${version} comes back in ${name}, with weight 0`,
    edits: [
      ...(version in versions || source === undefined
        ? []
        : [{ path: ["modelVersions", version], value: plain(source) } as const]),
      { path: ["deployments", name], value: { ...settings, modelVersion: version } },
      ...weights,
    ],
    isWeightsOnly: false,
    leaves: { traffic: { ...declared.traffic, [name]: 0 }, mirrorTraffic: {} },
    next: "mlflow-rollout undo",
  };
}

/** A folder stands in config as plain text. */
function plain(source: unknown): unknown {
  const { path, ...others } = source as { readonly path?: unknown };
  return typeof path === "string" && Object.keys(others).length === 0 ? path : source;
}
