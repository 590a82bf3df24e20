import type { PlanStage } from "../../components/rollout/position";
import { risingCandidates } from "../../components/rollout/roles";
import { formatWeights, isServing, positiveWeights, weightOf } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import { clock } from "../view/times";
import type { RolloutView } from "../view/rolloutView";
import { bakeOf, placeInPlan } from "./bake";
import { canAbort, candidateWeights } from "./situation";
import type { Situation } from "./situation";
import { pulumi, verb } from "./verdict";
import type { Case, Verdict } from "./verdict";

/** There is no endpoint, and the state has none either. */
export const notDeployed: Case = (situation) =>
  situation.live.endpoint === undefined
    ? { phase: "waiting", message: "nothing is deployed yet", next: applyIt(situation) }
    : undefined;

/** Config asks for something that no pause and no bake time holds up: nothing in it gives a candidate more. */
export const unappliedAtOnce: Case = (situation) => {
  const { traffic, declaration, roles } = situation;
  const rises = risingCandidates(traffic, declaration.traffic, roles.stable);
  // A pause holds copies of requests up too.
  const copies = declaration.plan.paused === undefined ? [] : mirroredMore(traffic, declaration.traffic);
  const isHeld = isServing(traffic) && rises.length + copies.length > 0;
  return isHeld ? undefined : unapplied(situation);
};

function mirroredMore(live: TrafficState, declared: TrafficState): readonly string[] {
  const share = ({ mirrorTraffic }: TrafficState, name: string): number => weightOf(mirrorTraffic, name);
  return Object.keys(declared.mirrorTraffic).filter((name) => share(declared, name) > share(live, name));
}

/** Somebody has stopped the rollout, with a reason. */
export const paused: Case = (situation) => {
  const reason = situation.declaration.plan.paused;
  if (reason === undefined || placeInPlan(situation)?.next === undefined) return undefined;
  const text = `resume lets the rollout go on${orAbort(situation)}`;
  return { phase: "paused", message: `paused: ${reason}`, next: { text, command: verb(situation, "resume") } };
};

/** The next stage waits for a time. */
export const baking: Case = (situation) => {
  const bake = bakeOf(situation);
  if (bake === undefined) return undefined;
  const until = clock(bake.until, situation.now);
  const place = placeInPlan(situation);
  const [what, sentence] = bakeWords(situation, until);
  const isAsked = situation.unapplied.length > 0;
  return {
    phase: "baking",
    message: `${stateOf(situation)}; ${sentence}`,
    bake,
    awaited: { what, since: bake.since, until: bake.until },
    next: isAsked ? applyIt(situation, `from ${until} on, `) : nextStage(situation, place?.next, `from ${until} on, `),
  };
};

/** What is waited for, alone and in a sentence. */
function bakeWords(situation: Situation, until: string): readonly [string, string] {
  const { weight, mirrored } = candidateWeights(situation);
  const { stable } = situation.roles;
  if (weight === 100) return [`the time that ${stable} is kept`, `${stable} is kept until ${until} at least`];
  if (weight > 0) return ["the bake time of this step", `the bake time of this step ends at ${until}`];
  if (mirrored > 0) return ["the end of the mirror stage", `the mirror stage ends at ${until}`];
  return ["the bake time of the last step", `the bake time of the last step ends at ${until}`];
}

/** Config asks for something that an update would do now. */
export const unapplied: Case = (situation) =>
  situation.unapplied.length === 0 ? undefined : { phase: "waiting", message: UNAPPLIED, next: applyIt(situation) };

/** A step is live, and the next one may be taken. */
export const waiting: Case = (situation) => {
  const place = placeInPlan(situation);
  if (place === undefined || !isServing(situation.traffic)) return undefined;
  return { phase: "waiting", message: stateOf(situation), next: nextStage(situation, place.next) };
};

/** Nothing is rolled out, or nobody can say what. */
export const settled = (situation: Situation): Verdict => {
  const { traffic } = situation;
  const [only, ...more] = Object.keys(positiveWeights(traffic.traffic));
  if (only === undefined) {
    const text = "give one deployment weight 100, and run pulumi up";
    return { phase: "waiting", message: "no deployment has any traffic", next: { text } };
  }
  if (more.length > 0) {
    const text = "change the weights in stack config, and run pulumi up";
    const message = `the traffic is shared: ${formatWeights(traffic.traffic)}`;
    return { phase: "waiting", message, next: { text, command: pulumi(situation, "up") } };
  }
  const text = "start rolls out a new model";
  const message = `${nameOf(situation, only)} has all of the traffic`;
  return { phase: "stable", message, next: { text, command: verb(situation, "start <model folder>") } };
};

const UNAPPLIED = "stack config asks for something that no update has applied yet";

/** @param when - begins the sentence, with a comma and a space */
function applyIt(situation: Situation, when = ""): RolloutView["next"] {
  return { text: `${when}"pulumi up" applies what stack config asks for`, command: pulumi(situation, "up") };
}

/** What the candidate has now. */
function stateOf(situation: Situation): string {
  const { candidate } = situation.roles;
  const { weight, mirrored } = candidateWeights(situation);
  if (weight === 100) return `${candidate} has all of the traffic`;
  if (weight > 0) return `${candidate} has ${weight} % of the traffic`;
  if (mirrored > 0) return `${mirrored} % of the requests are copied to ${candidate}`;
  return `${candidate} is deployed and has no traffic yet`;
}

/** @param when - begins the sentence, with a comma and a space */
function nextStage(situation: Situation, next: PlanStage | undefined, when = ""): RolloutView["next"] {
  const { candidate, stable } = situation.roles;
  if (next === undefined) {
    const text = `${when}finish removes ${stable}${orAbort(situation)}`;
    return { text, command: verb(situation, "finish") };
  }
  const { weight, mirrored } = candidateWeights(situation);
  const test = weight === 0 && mirrored === 0 ? `test ${candidate} with the header azureml-model-deployment; ` : "";
  const step =
    next.kind === "mirror"
      ? `promote copies ${next.percent} % of the requests to ${candidate}`
      : `promote gives ${candidate} ${next.percent} %`;
  return { text: `${test}${when}${step}${orAbort(situation)}`, command: verb(situation, "promote") };
}

function orAbort(situation: Situation): string {
  if (!canAbort(situation)) return "";
  return isServing(situation.traffic) ? `; abort gives everything back to ${situation.roles.stable}` : "";
}

/** A name as the program writes it. */
function nameOf({ declaration, live }: Situation, lowerCased: string): string {
  const names = [...Object.keys(declaration.versions), ...live.deployments.map(({ name }) => name)];
  return names.find((name) => name.toLowerCase() === lowerCased) ?? lowerCased;
}
