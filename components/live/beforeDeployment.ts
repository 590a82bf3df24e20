import * as pulumi from "@pulumi/pulumi";
import { checkDeploymentChange } from "../rollout/liveDeployment";
import type { DeploymentProperties } from "../rollout/liveDeployment";
import { presumedEarlier } from "../rollout/record";
import { planLive, readLive } from "./context";
import type { RolloutContext } from "./context";
import type { HookInputs } from "./hookInputs";
import { checkLiveContracts, sayPreflight } from "./modelWarnings";
import { refuse } from "./refusal";
import { at, deploymentPath, known } from "./stepInputs";

/**
 * Before a deployment is created or updated: the rules of the step that will follow, so that nothing expensive is made
 * for a step that is refused, and what may not change on a serving deployment.
 */
export async function beforeDeployment(context: RolloutContext, { newInputs, oldInputs }: HookInputs): Promise<void> {
  const name = String(at(newInputs, ["deploymentName"]));
  if (oldInputs === undefined) await sayPreflight(context, name);
  const path = deploymentPath(newInputs);
  const live = path && (await readLive(context, path));
  if (live === undefined) return;
  const { before, after } = comparable(at(oldInputs, ["properties"]), at(newInputs, ["properties"]));
  const changes = checkDeploymentChange(name, before, after, live);
  const step = planLive(context, live, presumedEarlier(live));
  refuse(`deployment ${name}`, [...step.violations, ...checkLiveContracts(context, live), ...changes]);
}

/** The properties before and after, without those that a preview does not know yet; none when there is no update. */
function comparable(
  before: unknown,
  after: unknown,
): { readonly before: DeploymentProperties; readonly after: DeploymentProperties } {
  if (!isProperties(before) || !isProperties(after)) return { before: {}, after: {} };
  const isKnown = ([key]: [string, unknown]): boolean => !(key in after) || known(after[key]) !== undefined;
  return {
    before: Object.fromEntries(Object.entries(before).filter(isKnown)),
    after: Object.fromEntries(Object.entries(after).filter(isKnown)),
  };
}

function isProperties(value: unknown): value is DeploymentProperties {
  return typeof value === "object" && value !== null && !pulumi.isUnknown(value);
}
