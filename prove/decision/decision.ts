import { checkInitialWeight } from "../../components/rollout/initialWeight";
import type { UntestedBy } from "../../components/rollout/initialWeight";
import { checkDeploymentChange, describeLoad } from "../../components/rollout/liveDeployment";
import { checkLiveSettings, liveChanges, unchangedProperties } from "../../components/rollout/liveSettings";
import { droppedWeights, liveStateOf } from "../../components/rollout/liveState";
import { decideStep } from "../../components/rollout/decideStep";
import { checkReadiness, risingFromNothing } from "../../components/rollout/readiness";
import { endpointTags, presumedEarlier } from "../../components/rollout/record";
import { isWayBack } from "../../components/rollout/roles";
import { isServing, sameTraffic } from "../../components/rollout/weights";
import type { StepRequest } from "../../components/rollout/step";
import type { Violation } from "../../components/values/violation";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import { keyOfAll } from "./ids";
import type { Endpoint } from "./snapshot";

/** Every function that decides what a run writes: the package's own, or a mutant in a test. */
export interface Decision {
  readonly decideStep: typeof decideStep;
  readonly liveStateOf: typeof liveStateOf;
  readonly endpointTags: typeof endpointTags;
  readonly checkDeploymentChange: typeof checkDeploymentChange;
  /** How a serving deployment differs from what the stack wrote. */
  readonly liveChanges: typeof liveChanges;
  readonly checkInitialWeight: typeof checkInitialWeight;
  readonly checkReadiness: typeof checkReadiness;
  /** The deployments whose readiness is checked. */
  readonly risingFromNothing: typeof risingFromNothing;
  /** Whether the weights are written before the deployments. */
  readonly isWayBack: typeof isWayBack;
  readonly presumedEarlier: typeof presumedEarlier;
  readonly droppedWeights: typeof droppedWeights;
  /** Whether the live state is the declared one. */
  readonly isVerified: typeof sameTraffic;
  /** Whether weights that were written before the deployments are written again, as in `restoreDropped`. */
  readonly isLost: (live: TrafficState, declared: TrafficState) => boolean;
}

export const DECISION: Decision = {
  decideStep,
  liveStateOf,
  endpointTags,
  checkDeploymentChange,
  liveChanges,
  checkInitialWeight,
  checkReadiness,
  risingFromNothing,
  isWayBack,
  presumedEarlier,
  droppedWeights,
  isVerified: sameTraffic,
  isLost: (live, declared) => !isServing(live) && isServing(declared),
};

/** Caches the decision's answers, since runs repeat most questions. */
export function cacheDecision(
  decision: Decision,
  { policy, plan, isProtected }: Pick<StepRequest, "policy" | "plan"> & { readonly isProtected: boolean },
): CachedDecision {
  return {
    plan: remember((declared, live, earlier, now, acceptLive) => {
      const request = { declared, live: decision.liveStateOf(live, earlier), policy, plan, now, isProtected };
      return decision.decideStep({ ...request, ...(acceptLive && { acceptLive }) }).violations;
    }),
    isWayBack: remember((live, declared) => decision.isWayBack(decision.liveStateOf(live, []), declared)),
    stepInputs: remember((declared, live, now, missing) => {
      const tags = decision.endpointTags({ declared, declaredTags: {}, now, live });
      const named = Object.entries(declared.traffic).filter(([name]) => !missing.includes(name));
      return { ...declared, traffic: Object.fromEntries(named), tags };
    }),
    checkModel: remember((name, models, live) => checkModel(decision, name, models, live)),
    checkInitialWeight: remember((name, by, declared, live) =>
      decision.checkInitialWeight(name, by, declared, live, policy),
    ),
    checkReadiness: remember(decision.checkReadiness),
    risingFromNothing: remember(decision.risingFromNothing),
    presumedEarlier: decision.presumedEarlier,
    droppedWeights: decision.droppedWeights,
    isVerified: remember(decision.isVerified),
    isLost: decision.isLost,
  };
}

/** The models of a deployment that is updated. */
interface Models {
  readonly before: string;
  readonly written: string;
  /** The live model, if the deployment serves. */
  readonly live: string | undefined;
}

function checkModel(decision: Decision, name: string, models: Models, live: TrafficState): readonly Violation[] {
  const [before, written] = [{ model: models.before }, { model: models.written }];
  const load = describeLoad(live, name);
  if (load === undefined || models.live === undefined)
    return decision.checkDeploymentChange(name, before, written, live);
  const changes = decision.liveChanges({ before, seen: before, written, live: { model: models.live } });
  const isUnchanged = unchangedProperties(changes).includes("model");
  return [
    ...(isUnchanged ? [] : decision.checkDeploymentChange(name, before, written, live)),
    ...checkLiveSettings(name, changes, load, []),
  ];
}

export interface CachedDecision {
  plan(
    declared: TrafficState,
    live: Endpoint,
    earlier: readonly TrafficState[],
    now: Date,
    acceptLive: Weights | undefined,
  ): readonly Violation[];
  /** The parameters of the traffic step's template; `missing` are declared deployments that Azure does not have yet. */
  stepInputs(declared: TrafficState, live: Endpoint | undefined, now: Date, missing: readonly string[]): Endpoint;
  isWayBack(live: Endpoint, declared: TrafficState): boolean;
  /** As `changeDeployment` in `components/live`, of the model alone. */
  checkModel(name: string, models: Models, live: TrafficState): readonly Violation[];
  checkInitialWeight(name: string, by: UntestedBy, declared: TrafficState, live: TrafficState): readonly Violation[];
  readonly checkReadiness: Decision["checkReadiness"];
  readonly risingFromNothing: Decision["risingFromNothing"];
  readonly presumedEarlier: Decision["presumedEarlier"];
  readonly droppedWeights: Decision["droppedWeights"];
  readonly isVerified: Decision["isVerified"];
  readonly isLost: Decision["isLost"];
}

/** Questions are repeated soon or never. */
const MOST_ANSWERS = 100_000;

function remember<Questions extends readonly unknown[], Answer>(
  decide: (...questions: Questions) => Answer,
): (...questions: Questions) => Answer {
  const answers = new Map<string, Answer>();
  return (...questions) => {
    const key = keyOfAll(questions);
    const known = answers.get(key);
    if (known !== undefined) return known;
    if (answers.size === MOST_ANSWERS) answers.clear();
    const answer = decide(...questions);
    answers.set(key, answer);
    return answer;
  };
}
