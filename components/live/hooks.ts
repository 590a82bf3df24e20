import { AsyncResource } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import { afterTraffic } from "./afterTraffic";
import { beforeDeployment } from "./beforeDeployment";
import { beforeModelVersion } from "./beforeModelVersion";
import { beforeTraffic } from "./beforeTraffic";
import type { RolloutContext } from "./context";

/**
 * The doorkeepers of a rollout. Every refusal is a hook on a resource: it fails as a step of the engine, so that nothing
 * is deleted afterwards. A throw in an `apply` would not stop deletes.
 */
export interface RolloutHooks {
  readonly modelVersion: pulumi.ResourceHook;
  readonly beforeDeployment: pulumi.ResourceHook;
  readonly beforeTraffic: pulumi.ResourceHook;
  readonly afterTraffic: pulumi.ResourceHook;
}

export function createHooks(context: RolloutContext): RolloutHooks {
  const path = componentPath(context.component);
  const hook = (name: string, run: (args: pulumi.ResourceHookArgs) => Promise<void>, onDryRun: boolean) =>
    // Without the binding, callbacks of inline programs lose the SDK's context.
    new pulumi.ResourceHook(`${path}:${name}`, AsyncResource.bind(run), { onDryRun });
  return {
    modelVersion: hook("model-version", beforeModelVersion, true),
    beforeDeployment: hook("before-deployment", (args) => beforeDeployment(context, args), true),
    beforeTraffic: hook("before-traffic", (args) => beforeTraffic(context, args), true),
    afterTraffic: hook("after-traffic", (args) => afterTraffic(context, args), false),
  };
}

/** Names from the component up to the stack: hook names must be unique in a stack, a second one hangs the CLI. */
function componentPath(component: pulumi.Resource): string {
  const { __name: name, __parentResource: parent } = component as unknown as {
    readonly __name?: string;
    readonly __parentResource?: pulumi.Resource;
  };
  // A parent that lives in another process has no name here.
  const own = name ?? randomUUID();
  return parent === undefined ? own : `${componentPath(parent)}/${own}`;
}
