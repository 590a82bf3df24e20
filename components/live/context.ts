import type * as pulumi from "@pulumi/pulumi";
import type { DeployedModels } from "../resources/deployedModels";
import type { Machines } from "../resources/machines";
import { liveStateOf } from "../rollout/liveState";
import type { WeightsFrom } from "../rollout/nextCommand";
import type { RolloutPolicy } from "../rollout/policy";
import { planStep } from "../rollout/planStep";
import { reportOf } from "../rollout/report";
import type { RolloutReport } from "../rollout/report";
import type { Step, StepRequest } from "../rollout/step";
import type { TrafficState, Weights } from "../rollout/weights";
import { liveContracts } from "./modelWarnings";
import { readEndpoint } from "./readEndpoint";
import type { LiveEndpoint } from "./readEndpoint";
import type { EndpointPath } from "./path";

/** What the hooks of one component decide with. */
export interface RolloutContext {
  readonly component: pulumi.ComponentResource;
  readonly declared: TrafficState;
  readonly policy: RolloutPolicy;
  readonly acceptLive: Weights | undefined;
  readonly allowOutage: string | undefined;
  readonly weightsFrom: WeightsFrom | undefined;
  readonly configNamespace: string | undefined;
  readonly now: Date;
  readonly deployedModels: DeployedModels;
  readonly machines: Machines;
  readonly memory: StepMemory;
}

/** What hooks learn, kept for those that come later in the same run. */
export interface StepMemory {
  /** Whether the endpoint was created in this run: what was written earlier says nothing of it. */
  isNewEndpoint?: boolean;
  /** What the step before wrote; undefined when there is none or nothing has to be written. */
  lastStep?: TrafficState;
  /** What was live before the first deployment was written; undefined when none was, or nothing served. */
  servedBefore?: TrafficState;
  /** Whether the quota was looked at. */
  quotaChecked?: boolean;
}

/** Decides the step against an endpoint as it is; `earlier` are states that may have been written last. */
export function planLive(
  context: RolloutContext,
  live: LiveEndpoint | undefined,
  earlier: readonly TrafficState[],
): Step {
  return planStep(requestOf(context, live, earlier));
}

/** The step of this run, for machines. */
export function reportLive(context: RolloutContext, live: LiveEndpoint | undefined): RolloutReport {
  const { lastStep } = context.memory;
  const { cost } = context.machines;
  const known = { contracts: liveContracts(context, live), ...(cost && { cost }) };
  return reportOf(requestOf(context, live, lastStep ? [lastStep] : []), known);
}

function requestOf(
  { declared, policy, acceptLive, allowOutage, weightsFrom, configNamespace, now }: RolloutContext,
  live: LiveEndpoint | undefined,
  earlier: readonly TrafficState[],
): StepRequest {
  return {
    declared,
    live: live && liveStateOf(live, earlier),
    policy,
    now,
    ...(acceptLive && { acceptLive }),
    ...(allowOutage !== undefined && { allowOutage }),
    ...{ weightsFrom, configNamespace },
  };
}

/** The live endpoint for a hook, which may fail: a refusal is better than a write nobody checked. */
export function readLive(context: RolloutContext, path: EndpointPath): Promise<LiveEndpoint | undefined> {
  return readEndpoint(path, context.component);
}
