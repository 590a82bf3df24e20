import * as pulumi from "@pulumi/pulumi";
import { describeVerified } from "../rollout/message";
import { formatTraffic, sameTraffic } from "../rollout/weights";
import type { TrafficState } from "../rollout/weights";
import { readLive } from "./context";
import type { RolloutContext } from "./context";
import type { HookInputs } from "./hookInputs";
import type { EndpointPath } from "./path";
import { pause } from "./pause";
import type { LiveEndpoint } from "./readEndpoint";
import { stepInputs } from "./stepInputs";

/** Azure can show the old weights for some seconds after a finished write (Azure/azure-dev#3881). */
const SECONDS_BETWEEN_READS = 5;

/** After the endpoint is written: reads until the live weights are the declared ones, else the update fails. */
export async function afterTraffic(context: RolloutContext, { newInputs }: HookInputs): Promise<void> {
  const { path, state } = stepInputs(newInputs);
  if (path === undefined || state === undefined)
    throw new Error("the traffic step cannot be verified: its inputs are not known");
  const written = Date.now();
  const deadline = written + context.policy.verifyTimeoutSeconds * 1000;
  for (;;) {
    const live = await tryRead(context, path);
    if (live !== undefined && sameTraffic(live, state) && live.provisioningState !== "Failed") {
      const seconds = Math.ceil((Date.now() - written) / 1000);
      context.memory.stepLeaves = { traffic: live.traffic, mirrorTraffic: live.mirrorTraffic };
      await pulumi.log.info(describeVerified(state, seconds), context.component);
      return;
    }
    const left = deadline - Date.now();
    if (left <= 0) throw new Error(unverified(path, state, live, context.policy.verifyTimeoutSeconds));
    await pause(Math.min(left / 1000, SECONDS_BETWEEN_READS));
  }
}

async function tryRead(context: RolloutContext, path: EndpointPath): Promise<LiveEndpoint | undefined> {
  try {
    return await readLive(context, path);
  } catch {
    return undefined;
  }
}

function unverified(path: EndpointPath, state: TrafficState, live: LiveEndpoint | undefined, seconds: number): string {
  const failed = live?.provisioningState === "Failed" ? " and its provisioning state Failed" : "";
  const is = live === undefined ? "cannot be read" : `is ${formatTraffic(live)}${failed}`;
  return (
    `the live traffic of ${path.endpointName} ${is}, ${seconds} s after ${formatTraffic(state)} was written; ` +
    'nothing was deleted, run "pulumi up" again'
  );
}
