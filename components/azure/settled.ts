import * as pulumi from "@pulumi/pulumi";
import { isAtWork } from "../rollout/readiness";
import type { DeploymentStates } from "../rollout/readiness";
import type { RolloutPolicy } from "../settings/policy";
import type { EndpointPath } from "./ids";
import { readDeploymentState, readEndpoint } from "./readEndpoint";
import type { LiveEndpoint } from "./readEndpoint";

/** The component whose provider reads, and how long it waits. */
interface Reader {
  readonly component: pulumi.ComponentResource;
  readonly policy: Pick<RolloutPolicy, "verifyTimeoutSeconds">;
}

/** Waits between two reads of Azure. */
export function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
  });
}

const SECONDS_BETWEEN_READS = 5;

/**
 * Reads the endpoint; in an update, once Azure is no longer busy with it, since Azure would refuse another write.
 *
 * @throws Error when it is still busy after the verification timeout
 */
export async function readSettledLive(reader: Reader, path: EndpointPath): Promise<LiveEndpoint | undefined> {
  const work = (live: LiveEndpoint | undefined) =>
    live !== undefined && isAtWork(live.provisioningState)
      ? `endpoint ${path.endpointName} is ${live.provisioningState}`
      : undefined;
  const live = await settled(reader, () => readEndpoint(path, reader.component), work);
  const working = work(live);
  if (working === undefined || pulumi.runtime.isDryRun()) return live;
  throw new Error(
    `${working} for ${reader.policy.verifyTimeoutSeconds} s and more; wait until Azure has finished, then run "pulumi up" again`,
  );
}

/** The states of deployments, once Azure is done with all of them or the verification timeout has passed. */
export function readSettledStates(
  reader: Reader,
  path: EndpointPath,
  names: readonly string[],
): Promise<DeploymentStates> {
  return settled(
    reader,
    () => readStates(reader, path, names),
    (states) => {
      const working = Object.entries(states).filter(([, state]) => isAtWork(state));
      return working.map(([name, state]) => `deployment ${name} is ${state}`).join(", ") || undefined;
    },
  );
}

export async function readStates(
  { component }: Reader,
  path: EndpointPath,
  names: readonly string[],
): Promise<DeploymentStates> {
  const states = names.map(async (name) => [name, await readDeploymentState(path, name, component)] as const);
  return Object.fromEntries(await Promise.all(states));
}

/**
 * Reads until Azure is done, at most for the verification timeout. A preview does not wait.
 *
 * @param work - what is at work, in words
 */
async function settled<T>(
  { policy, component }: Reader,
  read: () => Promise<T>,
  work: (value: T) => string | undefined,
): Promise<T> {
  const deadline = Date.now() + policy.verifyTimeoutSeconds * 1000;
  for (let told = ""; ;) {
    const value = await read();
    const working = work(value);
    const left = deadline - Date.now();
    if (working === undefined || pulumi.runtime.isDryRun() || left <= 0) return value;
    if (working !== told) await pulumi.log.info(`waiting, Azure is at work: ${working}`, component);
    told = working;
    await pause(Math.min(left / 1000, SECONDS_BETWEEN_READS));
  }
}
