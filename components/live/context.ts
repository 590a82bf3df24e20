import type * as pulumi from "@pulumi/pulumi";
import type { RolloutPolicy } from "../rollout/policy";
import { planStep } from "../rollout/planStep";
import type { Step } from "../rollout/planStep";
import type { TrafficState, Weights } from "../rollout/weights";
import { readEndpoint } from "./readEndpoint";
import { liveStateOf } from "./readEndpoint";
import type { LiveEndpoint } from "./readEndpoint";
import type { EndpointPath } from "./path";

/** What the hooks of one component decide with. */
export interface RolloutContext {
  readonly component: pulumi.ComponentResource;
  readonly declared: TrafficState;
  readonly policy: RolloutPolicy;
  readonly acceptLive: Weights | undefined;
  readonly now: Date;
}

/** Decides the step against an endpoint as it is. */
export function planLive(
  context: RolloutContext,
  live: LiveEndpoint | undefined,
  earlier: readonly TrafficState[],
): Step {
  const { declared, policy, acceptLive, now } = context;
  return planStep({
    declared,
    live: live && liveStateOf(live, earlier),
    policy,
    now,
    ...(acceptLive && { acceptLive }),
  });
}

/** The live endpoint for a hook, which may fail: a refusal is better than a write nobody checked. */
export function readLive(context: RolloutContext, path: EndpointPath): Promise<LiveEndpoint | undefined> {
  return readEndpoint(path, context.component);
}
