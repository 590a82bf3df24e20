import { weightOf } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import type { RolloutPlan } from "../../components/settings/plan";
import type { ConfigEdit } from "../stack/stackFile";
import type { Cast } from "./faultRules";

/** One update of a rehearsal, and the time that is watched after it. */
export interface Stage {
  readonly kind: StageKind;
  /** The step of the plan that it reaches, from 1; 0 before the first one. */
  readonly step: number;
  /** Such as `step 1 of 4`. */
  readonly title: string;
  readonly edits: readonly ConfigEdit[];
  readonly leaves: TrafficState;
  /** Weight of the candidate afterwards, and its share of copies, in percent. */
  readonly weight: number;
  readonly mirrored: number;
  /** Virtual minutes until the next one. */
  readonly minutes: number;
}

export type StageKind = "start" | "mirror" | "step" | "abort";

/** What a rehearsal needs of a move of the verbs. */
export interface ScriptedMove {
  readonly edits: readonly ConfigEdit[];
  readonly leaves: TrafficState;
}

/** Azure Monitor counts by the minute: without a whole one it would know nothing of a stage. */
const LEAST_MINUTES = 1;

/**
 * The stages of a rehearsal, in order: the candidate's deployment, then each move of the plan.
 *
 * @param bakeMinutes - between two steps, as the plan or the policy has it
 */
export function scriptOf(
  moves: readonly ScriptedMove[],
  { candidate }: Cast,
  plan: RolloutPlan,
  bakeMinutes: number,
): readonly Stage[] {
  const steps = moves.filter(({ leaves }) => weightOf(leaves.traffic, candidate) > 0).length;
  let step = 0;
  return moves.map(({ edits, leaves }) => {
    const weight = weightOf(leaves.traffic, candidate);
    const mirrored = weightOf(leaves.mirrorTraffic, candidate);
    const kind = kindOf(weight, mirrored);
    if (kind === "step") step += 1;
    const bake = kind === "mirror" ? Math.max(bakeMinutes, plan.mirror?.minutes ?? 0) : bakeMinutes;
    const minutes = Math.max(LEAST_MINUTES, kind === "start" ? 0 : bake);
    return { kind, step, title: titleOf(kind, step, steps), edits, leaves, weight, mirrored, minutes };
  });
}

function kindOf(weight: number, mirrored: number): StageKind {
  if (weight > 0) return "step";
  return mirrored > 0 ? "mirror" : "start";
}

function titleOf(kind: StageKind, step: number, steps: number): string {
  return kind === "step" ? `step ${step} of ${steps}` : kind;
}

/** The stage that gives all of the traffic back. */
export function abortStage({ edits, leaves }: ScriptedMove, step: number): Stage {
  return { kind: "abort", step, title: "abort", edits, leaves, weight: 0, mirrored: 0, minutes: LEAST_MINUTES };
}
