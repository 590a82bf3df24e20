import { describePosition } from "../../components/rollout/position";
import type { PlanStage } from "../../components/rollout/position";
import { recordedTraffic } from "../../components/rollout/record";
import { risingCandidates } from "../../components/rollout/roles";
import { isServing, sameTraffic, weightOf } from "../../components/rollout/weights";
import { isSameName } from "../../components/values/sameName";
import { bakeOf, placeInPlan, readyAtOf } from "../status/bake";
import { candidateWeights, liveDeployment, situationOf } from "../status/situation";
import type { RolloutFacts, Situation } from "../status/situation";
import { cutOff, failed, foreign, gone, unexpected } from "../status/trouble";
import { underWay } from "../status/underWay";
import type { RolloutState } from "../verbs/rolloutState";

/** What keeps a rollout from going on by itself. */
export type Trouble =
  /** The last update was killed. */
  | "cutOff"
  /** Azure has lost what the state has. */
  | "gone"
  /** Another stack owns the endpoint. */
  | "foreign"
  /** Somebody else has changed the live weights. */
  | "changed"
  /** A deployment or the endpoint has failed. */
  | "failed";

/** The deployment that is being rolled out, weights in percent. */
interface RunCandidate {
  readonly name: string;
  readonly live: number;
  readonly mirrored: number;
  readonly declared: number;
  readonly declaredMirrored: number;
  /** Azure gave up on it. */
  readonly hasFailed: boolean;
}

/** What a run decides with: one reading of a rollout, live and declared. Times are milliseconds since 1970. */
export interface RunFacts {
  readonly now: number;
  readonly component: string;
  readonly stable: string | undefined;
  /** Undefined while nothing is being rolled out. */
  readonly candidate: RunCandidate | undefined;
  /** `step 2 of 4`; empty without a candidate. */
  readonly step: string;
  /** Steps of the plan that the live weight has reached, and how many there are. */
  readonly reached: number;
  readonly of: number;
  /** The plan's next stage; undefined when the candidate has all of the traffic, or there is none. */
  readonly next: PlanStage | undefined;
  readonly trouble: { readonly kind: Trouble; readonly message: string } | undefined;
  /** An update that holds the stack, or what Azure is working on. */
  readonly working: { readonly by: "update" | "azure"; readonly message: string } | undefined;
  readonly paused: string | undefined;
  /** What stack config asks for and no update has applied; `rises` when it gives the candidate more requests. */
  readonly unapplied: { readonly rises: boolean; readonly what: readonly string[] } | undefined;
  /** A time that the next stage waits for. */
  readonly bake: { readonly until: number } | undefined;
  /** When the live weights were written. */
  readonly changedAt: number | undefined;
  /** When the next stage might have come first, as far as times go. */
  readonly readyAt: number | undefined;
}

export function runFactsOf(facts: RolloutFacts, state: RolloutState | undefined): RunFacts {
  const situation = situationOf(facts);
  const place = placeInPlan(situation);
  const bake = bakeOf(situation);
  const { record, roles, declaration } = situation;
  const candidate = candidateOf(situation);
  const changedAt = Date.parse(record.changedAt ?? "");
  return {
    now: facts.now.getTime(),
    component: facts.rollout.component?.name ?? "",
    stable: roles.stable,
    candidate,
    step: place === undefined || candidate === undefined ? "" : describePosition(place, candidate.live),
    reached: place?.step ?? 0,
    of: place?.of ?? declaration.plan.steps.length,
    next: place?.next,
    trouble: troubleOf(situation),
    working: workingOf(situation),
    paused: declaration.plan.paused,
    unapplied: unappliedOf(situation, state),
    bake: bake && { until: Date.parse(bake.until) },
    changedAt: Number.isNaN(changedAt) ? undefined : changedAt,
    readyAt: readyAtOf(situation),
  };
}

function candidateOf(situation: Situation): RunCandidate | undefined {
  const { roles, declaration } = situation;
  const name = roles.candidate;
  if (name === undefined) return undefined;
  const { weight, mirrored } = candidateWeights(situation);
  return {
    name,
    live: weight,
    mirrored,
    declared: weightOf(declaration.traffic.traffic, name),
    declaredMirrored: weightOf(declaration.traffic.mirrorTraffic, name),
    hasFailed: /^(failed|canceled)$/i.test(liveDeployment(situation, name)?.state ?? ""),
  };
}

const TROUBLE = [
  ["failed", failed],
  ["cutOff", cutOff],
  ["gone", gone],
  ["foreign", foreign],
] as const;

function troubleOf(situation: Situation): RunFacts["trouble"] {
  for (const [kind, holds] of TROUBLE) {
    const verdict = holds(situation);
    if (verdict !== undefined) return { kind, message: verdict.message };
  }
  const verdict = unexpected(situation);
  return verdict === undefined || isLost(situation) ? undefined : { kind: "changed", message: verdict.message };
}

/** A write that did not take effect: the tags still say what is live, so nobody else has written. */
function isLost({ traffic, record }: Situation): boolean {
  return record.traffic !== undefined && recordedTraffic(traffic) === record.traffic;
}

function workingOf(situation: Situation): RunFacts["working"] {
  const verdict = underWay(situation);
  if (verdict === undefined) return undefined;
  return { by: situation.use.underWay === undefined ? "azure" : "update", message: verdict.message };
}

function unappliedOf(situation: Situation, state: RolloutState | undefined): RunFacts["unapplied"] {
  const { traffic, declaration, roles, unapplied } = situation;
  // An update that was killed at its end has left outputs of before, which the verbs decide by.
  const isBehind = state !== undefined && !sameTraffic(state.declared, state.applied);
  if (unapplied.length === 0 && !isBehind) return undefined;
  const rising = risingCandidates(traffic, declaration.traffic, roles.stable);
  const mirrored = Object.entries(declaration.traffic.mirrorTraffic).filter(
    ([name, share]) => !isSameName(name, roles.stable) && share > weightOf(traffic.mirrorTraffic, name),
  );
  return {
    rises: isServing(traffic) && rising.length + mirrored.length > 0,
    what: unapplied.length > 0 ? unapplied : ["the outputs of the last update"],
  };
}
