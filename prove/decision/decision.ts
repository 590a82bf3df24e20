import { checkDeploymentChange } from "../../components/rollout/liveDeployment";
import { droppedWeights, liveStateOf } from "../../components/rollout/liveState";
import { planStep } from "../../components/rollout/planStep";
import { checkReadiness } from "../../components/rollout/readiness";
import { endpointTags, presumedEarlier } from "../../components/rollout/record";
import { sameTraffic } from "../../components/rollout/weights";
import type { Tags } from "../../components/rollout/record";
import type { RolloutPolicy } from "../../components/rollout/policy";
import type { Violation } from "../../components/rollout/violation";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import { keyOfAll } from "./ids";
import type { Endpoint } from "./world";

/** Every function that decides what a run of the engine writes: the package's own, or a wrong one for a test. */
export interface Decision {
  readonly planStep: typeof planStep;
  readonly liveStateOf: typeof liveStateOf;
  readonly endpointTags: typeof endpointTags;
  readonly checkDeploymentChange: typeof checkDeploymentChange;
  readonly checkReadiness: typeof checkReadiness;
  readonly presumedEarlier: typeof presumedEarlier;
  readonly droppedWeights: typeof droppedWeights;
  /** Whether the live state that was read is the declared one. */
  readonly isVerified: typeof sameTraffic;
}

export const DECISION: Decision = {
  planStep,
  liveStateOf,
  endpointTags,
  checkDeploymentChange,
  checkReadiness,
  presumedEarlier,
  droppedWeights,
  isVerified: sameTraffic,
};

/** What a run asks: the same functions, each asked once for the same question, since runs repeat most questions. */
export function answersOf(decision: Decision, policy: RolloutPolicy): Answers {
  return {
    plan: remember((declared, live, earlier, now, acceptLive) => {
      const state = decision.liveStateOf(live, earlier);
      return decision.planStep({ declared, live: state, policy, now, ...(acceptLive && { acceptLive }) }).violations;
    }),
    tags: remember((declared, live, now) => decision.endpointTags({ declared, declaredTags: {}, now, live })),
    checkDeploymentChange: remember(decision.checkDeploymentChange),
    checkReadiness: remember(decision.checkReadiness),
    presumedEarlier: decision.presumedEarlier,
    droppedWeights: decision.droppedWeights,
    isVerified: remember(decision.isVerified),
  };
}

export interface Answers {
  plan(
    declared: TrafficState,
    live: Endpoint,
    earlier: readonly TrafficState[],
    now: Date,
    acceptLive: Weights | undefined,
  ): readonly Violation[];
  tags(declared: TrafficState, live: Endpoint | undefined, now: Date): Tags;
  readonly checkDeploymentChange: Decision["checkDeploymentChange"];
  readonly checkReadiness: Decision["checkReadiness"];
  readonly presumedEarlier: Decision["presumedEarlier"];
  readonly droppedWeights: Decision["droppedWeights"];
  readonly isVerified: Decision["isVerified"];
}

/** Questions are repeated soon or not at all. */
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
