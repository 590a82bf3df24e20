import { WeightsFrom } from "../../components/args/rollout";
import type { RolloutValues } from "../../components/config/rolloutValues";
import { weightOf } from "../../components/rollout/weights";
import type { ConfigEdit } from "../stack/stackFile";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";

/** The rollout that stack config declares, taken apart: first the stable deployment alone, then its candidate. */
export interface DeclaredRollout {
  readonly stable: string;
  readonly candidate: string;
  /** Leave the stable deployment alone, with all of the traffic. */
  readonly alone: readonly ConfigEdit[];
  /** Bring the candidate back, with weight 0. */
  readonly start: readonly ConfigEdit[];
}

/** What no rehearsal begins with: a pause, and copies of requests. */
const CLEARED: readonly ConfigEdit[] = [{ path: ["mirrorTraffic"] }, { path: ["rollout", "paused"] }];

/**
 * What a rehearsal begins with.
 *
 * @param declared - stack config
 * @param candidate - its key of that name
 * @param hasModel - whether a model is given that config does not know yet
 * @returns undefined where config has no candidate, and the model that is given becomes one
 * @throws Failure when there is nothing to roll out, or it is not clear what
 */
export function openingOf(
  { deployments, traffic = {}, weightsFrom }: RolloutValues,
  candidate: string | undefined,
  hasModel: boolean,
): DeclaredRollout | undefined {
  const names = Object.keys(deployments);
  const stable =
    weightsFrom === WeightsFrom.Candidate
      ? names.find((name) => name !== candidate)
      : names.toSorted((a, b) => weightOf(traffic, b) - weightOf(traffic, a))[0];
  const [other, ...more] = names.filter((name) => name !== stable);
  if (more.length > 0)
    throw new Failure(
      `stack config declares ${names.join(", ")}, and which one is the candidate is not clear; rehearse a stack with two`,
      EXIT.refused,
    );
  if (stable === undefined || other === undefined) {
    if (hasModel) return undefined;
    throw new Failure(
      "there is nothing to roll out: stack config declares no candidate; give its model with --model <folder>",
      EXIT.usage,
    );
  }
  if (hasModel)
    throw new Failure(`stack config declares the candidate ${other} already; leave out --model`, EXIT.usage);
  const settings = deployments[other];
  return {
    stable,
    candidate: other,
    alone: [{ path: ["deployments", other] }, ...weightsAlone(weightsFrom, stable, other), ...CLEARED],
    start: [{ path: ["deployments", other], value: settings }, ...weightsOfBoth(weightsFrom, stable, other)],
  };
}

/** The same where config has no candidate. */
export const ALONE = CLEARED;

function weightsAlone(from: WeightsFrom | undefined, stable: string, other: string): readonly ConfigEdit[] {
  if (from === WeightsFrom.Traffic) return [{ path: ["traffic", other] }, { path: ["traffic", stable], value: 100 }];
  return [{ path: ["candidate"] }, { path: ["candidateTraffic"] }];
}

function weightsOfBoth(from: WeightsFrom | undefined, stable: string, other: string): readonly ConfigEdit[] {
  if (from === WeightsFrom.Traffic)
    return [
      { path: ["traffic", stable], value: 100 },
      { path: ["traffic", other], value: 0 },
    ];
  return [
    { path: ["candidate"], value: other },
    { path: ["candidateTraffic"], value: 0 },
  ];
}
