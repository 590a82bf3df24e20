import * as pulumi from "@pulumi/pulumi";
import { changesTested, checkInitialWeight, wasNeverUp } from "../rollout/initialWeight";
import type { UntestedBy } from "../rollout/initialWeight";
import { checkDeploymentChange, checkUnseenScaling, hasLoad } from "../rollout/liveDeployment";
import type { DeploymentProperties } from "../rollout/liveDeployment";
import { droppedWeights } from "../rollout/liveState";
import { checkOwner } from "../rollout/owner";
import { presumedEarlier, recordOf } from "../rollout/record";
import { stableOf } from "../rollout/roles";
import type { Violation } from "../rollout/violation";
import { isServing } from "../rollout/weights";
import { planLive, readLive } from "./context";
import type { RolloutContext } from "./context";
import type { HookInputs } from "./hookInputs";
import { checkLiveQuota } from "./liveQuota";
import { checkLiveModels, sayPreflight } from "./modelWarnings";
import type { EndpointPath } from "./path";
import { readDeploymentState, readInstanceCount } from "./readEndpoint";
import type { LiveEndpoint } from "./readEndpoint";
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
  const read = path && (await readLive(context, path));
  const location = known(at(newInputs, ["location"]));
  const quota = await checkLiveQuota(context, {
    location: typeof location === "string" ? location : undefined,
    path: read && path,
  });
  if (path === undefined || read === undefined) return refuse(`deployment ${name}`, quota);
  if (isServing(read)) context.memory.servedBefore ??= { traffic: read.traffic, mirrorTraffic: read.mirrorTraffic };
  // Weights that went with an earlier deployment of this run come back with the traffic step: until then they count.
  const live = { ...read, ...droppedWeights(read, context.memory.servedBefore) };
  const { before, after } = comparable(at(oldInputs, ["properties"]), at(newInputs, ["properties"]));
  const changed = checkDeploymentChange(name, before, after, live);
  const untested = oldInputs === undefined ? "creates it" : changedModel(name, newInputs, before, after);
  const recorded = unchangedCount(oldInputs, newInputs);
  const loaded = recorded !== undefined && hasLoad(live, name);
  // On the way back the step came first, and its hook has asked these.
  const isStepDone = (await context.order?.decision)?.isTrafficFirst === true;
  const asked = isStepDone
    ? []
    : [
        ...planLive(context, live, presumedEarlier(live)).violations,
        ...checkOwner(await context.ownership, recordOf(live.tags).owner),
        ...(await checkLiveModels(context, live, path)),
      ];
  refuse(`deployment ${name}`, [
    ...asked,
    ...quota,
    ...changed,
    ...(changed.length === 0 ? await checkUntested(context, path, name, live, untested) : []),
    ...(loaded ? checkUnseenScaling(name, recorded, await readInstanceCount(path, name, context.component)) : []),
  ]);
}

/** The number of instances that an update writes although nobody has changed it. */
function unchangedCount(oldInputs: unknown, newInputs: unknown): number | undefined {
  const [before, after] = [oldInputs, newInputs].map((inputs) => at(inputs, ["sku", "capacity"]));
  return typeof after === "number" && before === after ? after : undefined;
}

/** Whether an update makes another model of a deployment; one that a preview does not know yet is a new version. */
function changedModel(
  name: string,
  newInputs: unknown,
  before: DeploymentProperties,
  after: DeploymentProperties,
): UntestedBy | undefined {
  const model = at(newInputs, ["properties", "model"]);
  return pulumi.isUnknown(model) || changesTested(name, before, after) ? "changes it" : undefined;
}

/** A model that nobody has tested may not start with weight; the way back to one that served before is open. */
async function checkUntested(
  { declared, policy, component }: RolloutContext,
  path: EndpointPath,
  name: string,
  live: LiveEndpoint,
  by: UntestedBy | undefined,
): Promise<Violation[]> {
  const broken = checkInitialWeight(name, by ?? "brings it up", declared, live, policy);
  if (by !== undefined || broken.length === 0) return broken;
  if (stableOf(live, declared, recordOf(live.tags).stable) === name.toLowerCase()) return [];
  return wasNeverUp(await readDeploymentState(path, name, component)) ? broken : [];
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
