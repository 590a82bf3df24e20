import * as pulumi from "@pulumi/pulumi";
import { formatTraffic, isServing } from "../rollout/weights";
import { readLive } from "./context";
import type { RolloutContext } from "./context";
import type { HookInputs } from "./hookInputs";
import { deploymentPath } from "./stepInputs";

/** The engine gives every resource a worker unless it has one alone: then the step waits for this hook, and it for the step. */
const SECONDS_UNTIL_STEP = 20;

/**
 * Runs before the endpoint resource is updated. No program change causes that; the engine does it by itself while a
 * failed operation is recorded on the endpoint. It would write the endpoint without its weights.
 *
 * On the way back the traffic step is let through first.
 */
export async function beforeEndpoint(context: RolloutContext, { newInputs }: HookInputs): Promise<void> {
  const { component, order } = context;
  const path = deploymentPath(newInputs);
  if (path === undefined) throw new Error("the endpoint cannot be checked: its id is not known");
  const live = await readLive(context, path);
  if (live === undefined || !isServing(live)) return;
  const why =
    `endpoint ${path.endpointName} is recorded as not ready, since an operation on it failed once: the engine would ` +
    `write it without its weights (${formatTraffic(live)})`;
  const cure = 'run "pulumi up --refresh", which reads it again';
  order?.passEndpoint(path);
  const isTrafficFirst = (await order?.decision)?.isTrafficFirst === true;
  if (!isTrafficFirst) throw new Error(`${why}; ${cure}`);
  if (pulumi.runtime.isDryRun())
    return pulumi.log.warn(`${why}; the traffic step is written alone, then ${cure}`, component);
  const isDone = await order?.stepDone(SECONDS_UNTIL_STEP);
  throw new Error(isDone === true ? `${why}; the traffic step is done, ${cure} for all else` : `${why}; ${cure}`);
}
