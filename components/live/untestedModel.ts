import * as pulumi from "@pulumi/pulumi";
import { changesTested, checkInitialWeight, wasNeverUp } from "../rollout/initialWeight";
import type { UntestedBy } from "../rollout/initialWeight";
import { describeLoad } from "../rollout/liveDeployment";
import { recordOf } from "../rollout/record";
import { stableOf } from "../rollout/roles";
import type { Violation } from "../rollout/violation";
import type { RolloutContext } from "./context";
import { comparable } from "./deploymentChange";
import type { HookInputs } from "./hookInputs";
import type { EndpointPath } from "./path";
import { readDeploymentState } from "./readEndpoint";
import type { LiveEndpoint } from "./readEndpoint";
import { at } from "./stepInputs";

/** A model that nobody has tested may not start with weight; the way back to one that served before is open. */
export async function checkUntested(
  { declared, policy, component }: RolloutContext,
  path: EndpointPath,
  inputs: HookInputs,
  live: LiveEndpoint,
): Promise<Violation[]> {
  const name = String(at(inputs.newInputs, ["deploymentName"]));
  const by = inputs.oldInputs === undefined ? "creates it" : changedModel(name, inputs);
  const broken = checkInitialWeight(name, by ?? "brings it up", declared, live, policy);
  if (by !== undefined || broken.length === 0) return broken;
  // One that has requests was up before its last update failed.
  if (describeLoad(live, name) !== undefined) return [];
  if (stableOf(live, declared, recordOf(live.tags).stable) === name.toLowerCase()) return [];
  return wasNeverUp(await readDeploymentState(path, name, component)) ? broken : [];
}

/** Whether an update makes another model of a deployment; one that a preview does not know yet is a new version. */
function changedModel(name: string, { newInputs, oldInputs }: HookInputs): UntestedBy | undefined {
  const { before, after } = comparable(at(oldInputs, ["properties"]), at(newInputs, ["properties"]));
  const model = at(newInputs, ["properties", "model"]);
  return pulumi.isUnknown(model) || changesTested(name, before, after) ? "changes it" : undefined;
}
