import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";
import { requestOf } from "./context";
import type { RolloutContext } from "./context";
import type { LiveEndpoint } from "../azure/readEndpoint";
import { settledText } from "../rollout/settledText";
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
 * Says what a run without a step has to say, since no hook of the step was called: what is live, or that the engine left
 * the step out although other weights are live.
 */
export function logWithoutStep(name: string, context: RolloutContext, run: StepOfRun): void {
  const isPreview = pulumi.runtime.isDryRun();
  pulumi.all([run.live, run.step.id]).apply(([before]) => {
    if (context.memory.isStepAsked === true) return;
    if (before === undefined || !sameTraffic(before, context.declared)) logStepLeftOut(name, context, run, before);
    else if (!isPreview) logSettledOnce(context, before);
  });
}

/** A preview of the same run comes before, and has nothing to say. */
function logSettledOnce(context: RolloutContext, before: LiveEndpoint): void {
  const request = requestOf(context, before, []);
  if (request.live === undefined) return;
  void pulumi.log.info(settledText({ ...request, live: request.live }), context.component);
}

/**
 * The engine may leave the step out although other weights are live: by `--target` or `--exclude`, by a transform of its
 * properties, or since an instant that is given makes it the same as that of another run with the same instant. The last
 * nobody has asked for: a resource that its own hook refuses ends such a run, before anything is deleted.
 */
function logStepLeftOut(
  name: string,
  { component, declared }: RolloutContext,
  { instant, path }: StepOfRun,
  before: LiveEndpoint | undefined,
): void {
  const is = before === undefined ? "cannot be read" : `is ${formatTraffic(before)}`;
  const differs = `the live traffic ${is}, declared is ${formatTraffic(declared)}`;
  if (instant === undefined) {
    if (before !== undefined) void pulumi.log.warn(`${differs}: the traffic step was left out of this run`, component);
    return;
  }
  const message =
    `${differs}, and MLFLOW_ROLLOUT_NOW=${instant} hides the difference, since an earlier step had the same instant; ` +
    'unset it, then run "pulumi up" again';
  const refuse = AsyncResource.bind(() => Promise.reject(new Error(message)));
  const hook = new pulumi.ResourceHook(`${path}:hidden-step`, refuse, { onDryRun: true });
  const options = { parent: component, hooks: { beforeCreate: [hook] } };
  Reflect.construct(RandomString, [`${name}-hidden-step`, { length: 5 }, options]);
}
