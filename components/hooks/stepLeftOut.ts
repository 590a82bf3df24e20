import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";
import type { RolloutContext } from "./context";
import type { LiveEndpoint } from "../azure/readEndpoint";
import { formatTraffic, sameTraffic } from "../rollout/weights";

/** What decides whether a step was made in this run. */
export interface StepOfRun {
  /** The endpoint before the step. */
  readonly live: pulumi.Output<LiveEndpoint | undefined>;
  readonly step: pulumi.CustomResource;
  /** The instant given for this run, if any. */
  readonly instant: string | undefined;
  /** Begins the names of hooks. */
  readonly path: string;
}

/**
 * The engine may leave the step out although other weights are live: by `--target` or `--exclude`, by a transform of its
 * properties, or since an instant that is given makes it the same as that of another run with the same instant. The last
 * nobody has asked for: a resource that its own hook refuses ends such a run, before anything is deleted.
 */
export function sayStepLeftOut(name: string, context: RolloutContext, { live, step, instant, path }: StepOfRun): void {
  const { component, declared, memory } = context;
  pulumi.all([live, step.id]).apply(([before]) => {
    if (memory.isStepAsked === true || (before && sameTraffic(before, declared))) return;
    const is = before === undefined ? "cannot be read" : `is ${formatTraffic(before)}`;
    const differs = `the live traffic ${is}, declared is ${formatTraffic(declared)}`;
    if (instant === undefined) {
      if (before !== undefined)
        void pulumi.log.warn(`${differs}: the traffic step was left out of this run`, component);
      return;
    }
    const message =
      `${differs}, and MLFLOW_ROLLOUT_NOW=${instant} hides the difference, since an earlier step had the same instant; ` +
      'unset it, then run "pulumi up" again';
    const refuse = AsyncResource.bind(() => Promise.reject(new Error(message)));
    const hook = new pulumi.ResourceHook(`${path}:hidden-step`, refuse, { onDryRun: true });
    const options = { parent: component, hooks: { beforeCreate: [hook] } };
    Reflect.construct(RandomString, [`${name}-hidden-step`, { length: 5 }, options]);
  });
}
