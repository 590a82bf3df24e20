import type * as pulumi from "@pulumi/pulumi";
import { checkDeploymentChange } from "../rollout/liveDeployment";
import type { DeploymentProperties } from "../rollout/liveDeployment";
import { planLive, readLive } from "./context";
import type { RolloutContext } from "./context";
import { refuse } from "./refusal";
import { at, deploymentPath, known } from "./stepInputs";

/**
 * Before a deployment is created or updated: the rules of the step that will follow, so that nothing expensive is made
 * for a step that is refused, and what may not change on a serving deployment.
 */
export async function beforeDeployment(context: RolloutContext, args: pulumi.ResourceHookArgs): Promise<void> {
  const path = deploymentPath(args.newInputs);
  const live = path && (await readLive(context, path));
  if (live === undefined) return;
  const name = String(at(args.newInputs, ["deploymentName"]));
  const [before, after] = [args.oldInputs, args.newInputs].map((inputs) => known(at(inputs, ["properties"])));
  const changes =
    before && after
      ? checkDeploymentChange(name, before as DeploymentProperties, after as DeploymentProperties, live)
      : [];
  refuse(`deployment ${name}`, [...planLive(context, live, []).violations, ...changes]);
}
