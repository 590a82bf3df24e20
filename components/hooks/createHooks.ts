import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import { afterTraffic, beforeTraffic } from "./traffic";
import { beforeDeployment } from "./deployment";
import { beforeEndpoint } from "./endpoint";
import { beforeFirstParts, beforeModelVersion } from "./modelVersion";
import { beforeWorkspace } from "./workspace";
import type { Admission } from "./admission";
import type { RolloutContext } from "./context";
import { failureOf, hookInputs } from "./hookInputs";
import type { Failure, HookInputs } from "./hookInputs";
import { deploymentFailed, endpointFailed, trafficFailed, workspaceFailed } from "./failures";

/**
 * All hooks of a rollout. Every refusal is a hook on a resource: it fails as a step of the engine, so nothing is
 * deleted afterwards. A throw in an `apply` would not stop deletes.
 */
export interface RolloutHooks {
  readonly lookups: pulumi.ResourceHook;
  readonly beforeWorkspace: pulumi.ResourceHook;
  readonly modelVersion: pulumi.ResourceHook;
  readonly beforeDeployment: pulumi.ResourceHook;
  readonly beforeTraffic: pulumi.ResourceHook;
  readonly afterTraffic: pulumi.ResourceHook;
  readonly workspaceFailed: pulumi.ErrorHook;
  readonly beforeEndpoint: pulumi.ResourceHook;
  readonly afterEndpoint: pulumi.ResourceHook;
  readonly endpointFailed: pulumi.ErrorHook;
  readonly deploymentFailed: pulumi.ErrorHook;
  readonly trafficFailed: pulumi.ErrorHook;
}

export function createHooks(
  context: RolloutContext,
  admission: Pick<Admission<object>, "path" | "require">,
): RolloutHooks {
  const { path } = admission;
  const hook = (name: string, run: (inputs: HookInputs, type: string) => Promise<void>, onDryRun: boolean) => {
    const callback = async (args: pulumi.ResourceHookArgs) => {
      await admission.require();
      await run(await hookInputs(args), args.type);
    };
    // Without the binding, callbacks of inline programs lose the SDK's context.
    return new pulumi.ResourceHook(`${path}:${name}`, AsyncResource.bind(callback), { onDryRun });
  };
  // The engine asks an error hook whether to retry; these also report what failed.
  const errorHook = (name: string, run: (failure: Failure) => Promise<boolean>) => {
    const callback = async (args: pulumi.ErrorHookArgs) => run(await failureOf(args));
    return new pulumi.ErrorHook(`${path}:${name}`, AsyncResource.bind(callback));
  };
  return {
    lookups: hook("lookups", (inputs, type) => beforeFirstParts(context.modelFolders, type, inputs), true),
    beforeWorkspace: hook("before-workspace", beforeWorkspace, true),
    modelVersion: hook("model-version", (inputs) => beforeModelVersion(context, inputs), true),
    beforeDeployment: hook("before-deployment", (inputs) => beforeDeployment(context, inputs), true),
    beforeTraffic: hook("before-traffic", (inputs) => beforeTraffic(context, inputs), true),
    afterTraffic: hook("after-traffic", (inputs) => afterTraffic(context, inputs), false),
    workspaceFailed: errorHook("workspace-failed", (failure) => workspaceFailed(context, failure)),
    beforeEndpoint: hook("before-endpoint", (inputs) => beforeEndpoint(context, inputs), true),
    afterEndpoint: hook("after-endpoint", async () => isCreated(context), false),
    endpointFailed: errorHook("endpoint-failed", (failure) => endpointFailed(context, failure)),
    deploymentFailed: errorHook("deployment-failed", (failure) => deploymentFailed(context, failure)),
    trafficFailed: errorHook("traffic-failed", (failure) => trafficFailed(context, failure)),
  };
}

async function isCreated({ memory, earlyReads }: RolloutContext): Promise<void> {
  memory.isNewEndpoint = true;
  earlyReads.end();
}
