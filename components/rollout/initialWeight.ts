import { checkDeploymentChange } from "./liveDeployment";
import type { DeploymentProperties } from "./liveDeployment";
import type { RolloutPolicy } from "../settings/policy";
import type { Violation } from "../values/violation";
import { isServing, weightOf } from "./weights";
import type { TrafficState } from "./weights";

/** How an update brings up an untested model: a new deployment, a change of what was tested, or a first success. */
export type UntestedBy = "creates it" | "changes it" | "brings it up";

/** Deployments in these states have not served since they were last written. */
const NEVER_UP: ReadonlySet<string | undefined> = new Set([undefined, "Creating", "Failed", "Canceled"]);

/**
 * Callers never meet an untested model by accident: once the endpoint serves, a deployment starts with little or no
 * live weight. An endpoint that serves nothing may get any weights at once, and weight that is already live does not
 * count as a start.
 */
export function checkInitialWeight(
  deployment: string,
  by: UntestedBy,
  declared: TrafficState,
  live: TrafficState,
  { maxInitialWeight }: Pick<RolloutPolicy, "maxInitialWeight">,
): Violation[] {
  const weight = weightOf(declared.traffic, deployment);
  const [before, most] = [weightOf(live.traffic, deployment), maxInitialWeight];
  if (!isServing(live) || weight <= Math.max(before, most)) return [];
  const reason =
    `has ${weight} in the update that ${by}, more than policy.maxInitialWeight of ${most}; ` +
    `set it to ${most}, run "pulumi up", test it, then raise it`;
  return [{ path: `traffic.${deployment}`, reason }];
}

/** Whether a deployment was never up before this write; its state is undefined when it does not exist. */
export function wasNeverUp(provisioningState: string | undefined): boolean {
  return NEVER_UP.has(provisioningState);
}

/** Whether an update changes what was tested of a deployment, which could not change while it serves. */
export function changesTested(deployment: string, before: DeploymentProperties, after: DeploymentProperties): boolean {
  const serving = { traffic: { [deployment]: 100 }, mirrorTraffic: {} };
  return checkDeploymentChange(deployment, before, after, serving).length > 0;
}
