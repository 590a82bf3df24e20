import * as pulumi from "@pulumi/pulumi";
import { isAtWork } from "../rollout/readiness";
import type { DeploymentStates } from "../rollout/readiness";
import { readLive } from "./context";
import type { RolloutContext } from "./context";
import type { EndpointPath } from "./path";
import { readDeploymentState } from "./readEndpoint";
import type { LiveEndpoint } from "./readEndpoint";

const SECONDS_BETWEEN_READS = 5;

/** Reads the endpoint; in an update when Azure is no longer at work on it, since it would refuse another write. */
export function readSettledLive(context: RolloutContext, path: EndpointPath): Promise<LiveEndpoint | undefined> {
  return settled(
    context,
    () => readLive(context, path),
    (live) =>
      isAtWork(live?.provisioningState) ? `endpoint ${path.endpointName} is ${live?.provisioningState}` : undefined,
  );
}

/** The states of deployments when Azure is at work on none of them. */
export function readSettledStates(
  context: RolloutContext,
  path: EndpointPath,
  names: readonly string[],
): Promise<DeploymentStates> {
  const read = async (): Promise<DeploymentStates> => {
    const states = names.map(async (name) => {
      return [name, await readDeploymentState(path, name, context.component)] as const;
    });
    return Object.fromEntries(await Promise.all(states));
  };
  return settled(context, read, (states) => {
    const working = Object.entries(states).filter(([, state]) => isAtWork(state));
    return working.length === 0
      ? undefined
      : working.map(([name, state]) => `deployment ${name} is ${state}`).join(", ");
  });
}

/**
 * Reads until nothing is at work any more, for as long as a write is checked. A preview does not wait.
 *
 * @param work - what is at work, in words
 * @throws Error when it still is in the end
 */
async function settled<T>(
  { policy, component }: RolloutContext,
  read: () => Promise<T>,
  work: (value: T) => string | undefined,
): Promise<T> {
  const deadline = Date.now() + policy.verifyTimeoutSeconds * 1000;
  for (let told = ""; ;) {
    const value = await read();
    const working = work(value);
    if (working === undefined || pulumi.runtime.isDryRun()) return value;
    if (working !== told) await pulumi.log.info(`waiting, Azure is at work: ${working}`, component);
    told = working;
    const left = deadline - Date.now();
    if (left <= 0) {
      throw new Error(
        `${working} for ${policy.verifyTimeoutSeconds} s and more; wait until Azure has finished, then run "pulumi up" again`,
      );
    }
    await new Promise((resolve) => {
      setTimeout(resolve, Math.min(left, SECONDS_BETWEEN_READS * 1000));
    });
  }
}
