import type { OpenedFacts } from "../status/rolloutReader";
import { rolloutStateOf } from "../verbs/rolloutState";
import { requireState } from "../verbs/runVerb";
import { runFactsOf } from "./runFacts";
import type { RunFacts } from "./runFacts";

/**
 * The facts of a rollout that verbs can move. While an update is under way, or was cut off, nobody can tell whether they can.
 *
 * @throws Failure before the first update, and where the program holds what a verb would edit
 */
export function movableFacts(opened: OpenedFacts): RunFacts {
  const { use, rollout } = opened;
  const isSettled = use.underWay === undefined && use.cutOff === undefined;
  return runFactsOf(opened, isSettled ? requireState(rollout) : rolloutStateOf(rollout));
}
