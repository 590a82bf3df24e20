import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";
import { componentPath } from "../live/componentPath";
import type { RolloutContext } from "../live/context";
import type { LiveEndpoint } from "../live/readEndpoint";
import { formatTraffic, sameTraffic } from "../rollout/weights";
import type { Scope } from "./scope";

/**
 * An instant that is given for the run makes the traffic step of today the same as that of another run with the same
 * instant: the engine then sees no change, although other weights are live. A resource that its own hook refuses ends such a
 * run, before anything is deleted.
 */
export function refuseHiddenStep(
  { name, component }: Scope,
  context: RolloutContext,
  instant: string | undefined,
  live: pulumi.Output<LiveEndpoint | undefined>,
  step: pulumi.CustomResource,
): void {
  if (instant === undefined) return;
  pulumi.all([live, step.id]).apply(([before]) => {
    if (context.memory.isStepAsked === true || (before && sameTraffic(before, context.declared))) return;
    const is = before === undefined ? "cannot be read" : `is ${formatTraffic(before)}`;
    const message =
      `the live traffic ${is}, declared is ${formatTraffic(context.declared)}, and MLFLOW_ROLLOUT_NOW=${instant} hides ` +
      'the difference, since an earlier step had the same instant; unset it, then run "pulumi up" again';
    const refuse = AsyncResource.bind(() => Promise.reject(new Error(message)));
    const hook = new pulumi.ResourceHook(`${componentPath(component)}:hidden-step`, refuse, { onDryRun: true });
    Reflect.construct(RandomString, [
      `${name}-hidden-step`,
      { length: 5 },
      { parent: component, hooks: { beforeCreate: [hook] } },
    ]);
  });
}
