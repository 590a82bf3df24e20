import { recordOf } from "../../components/rollout/record";
import type { StepRecord } from "../../components/rollout/record";
import { NO_TRAFFIC, hasWeight, isServing, weightOf } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import { isSameName } from "../../components/values/sameName";
import type { LiveRollout, LiveRolloutDeployment } from "../azure/liveRollout";
import type { OpenRollout } from "../stack/openRollout";
import type { StackUse } from "../stack/updateUnderWay";
import { appliedIn, declarationOf } from "./declaration";
import type { Applied, Declaration, DeclaredParts } from "./declaration";
import { unappliedChanges, whyUnexpected } from "./differences";
import { rolesOf } from "./roles";
import type { Roles } from "./roles";

/** All that a view of a rollout is made of. */
export interface RolloutFacts {
  readonly rollout: DeclaredParts & Pick<OpenRollout, "place" | "state">;
  readonly live: LiveRollout;
  readonly use: StackUse;
  readonly now: Date;
  /** What the user chose the stack with, for commands to type: ` --stack prod`. */
  readonly options?: CommandOptions;
}

/** Options of commands to type, each with a space before it. */
export interface CommandOptions {
  readonly pulumi: string;
  readonly rollout: string;
}

/** What decides the phase of a rollout. */
export interface Situation {
  readonly now: Date;
  readonly use: StackUse;
  readonly declaration: Declaration;
  readonly applied: Applied;
  readonly roles: Roles;
  readonly record: StepRecord;
  readonly traffic: TrafficState;
  readonly live: LiveRollout;
  /** As `organization/project/stack`. */
  readonly stack: string;
  /** The owner that config takes the endpoint over from. */
  readonly takeOver: string | undefined;
  /** Name of the endpoint that the state has; undefined when it has none. */
  readonly endpointInState: string | undefined;
  /** Why the live weights are a surprise. */
  readonly unexpected: string | undefined;
  readonly unapplied: readonly string[];
  readonly options: CommandOptions;
}

export function situationOf({ rollout, live, use, now, options }: RolloutFacts): Situation {
  const declaration = declarationOf(rollout);
  const applied = appliedIn(rollout.state, rollout.component);
  const { traffic, mirrorTraffic, tags } = live.endpoint ?? { ...NO_TRAFFIC, tags: {} };
  const state = { traffic, mirrorTraffic };
  const record = recordOf(tags);
  const names = live.deployments.map(({ name }) => name);
  return {
    now,
    use,
    declaration,
    applied,
    roles: rolesOf({
      declared: Object.keys(declaration.versions),
      candidate: declaration.candidate,
      live: isServing(state) ? state : declaration.traffic,
      recorded: record.stable,
    }),
    record,
    traffic: state,
    live,
    stack: rollout.place.fullName,
    takeOver: rollout.declared.takeOver,
    endpointInState: rollout.component?.endpointId?.split("/").at(-1),
    unexpected: whyUnexpected({ live: state, recorded: record.traffic }, declaration.traffic, applied),
    unapplied: unappliedChanges(declaration, applied, state, names),
    options: options ?? { pulumi: "", rollout: "" },
  };
}

/** The weight of the candidate, live and mirrored; 0 without one. */
export function candidateWeights({ roles: { candidate }, traffic }: Situation): {
  readonly weight: number;
  readonly mirrored: number;
} {
  if (candidate === undefined) return { weight: 0, mirrored: 0 };
  return { weight: weightOf(traffic.traffic, candidate), mirrored: weightOf(traffic.mirrorTraffic, candidate) };
}

/** Whether there is something to abort. */
export function canAbort({ roles: { stable, candidate }, traffic }: Situation): boolean {
  return candidate !== undefined && stable !== undefined && hasWeight(traffic, candidate);
}

export function liveDeployment({ live }: Situation, name: string): LiveRolloutDeployment | undefined {
  return live.deployments.find((deployment) => isSameName(deployment.name, name));
}
