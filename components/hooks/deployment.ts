import * as pulumi from "@pulumi/pulumi";
import { droppedWeights } from "../rollout/liveState";
import { checkOwner } from "../rollout/owner";
import { presumedEarlier, recordOf } from "../rollout/record";
import type { Violation } from "../values/violation";
import { isServing } from "../rollout/weights";
import { findEndpoint, planLive } from "./context";
import type { RolloutContext } from "./context";
import { changeDeployment, comparable } from "./deploymentChange";
import type { HookInputs } from "./hookInputs";
import { checkLiveQuota } from "./quota";
import { checkLiveModels, logPreflight } from "./contracts";
import type { EndpointPath } from "../azure/ids";
import type { LiveEndpoint } from "../azure/readEndpoint";
import { refuse } from "./hookInputs";
import { deploymentPath } from "./stepInputs";
import { changesTested, checkInitialWeight, wasNeverUp } from "../rollout/initialWeight";
import type { UntestedBy } from "../rollout/initialWeight";
import { describeLoad } from "../rollout/liveDeployment";
import { stableOf } from "../rollout/roles";
import { readDeploymentState } from "../azure/readEndpoint";
import { at } from "../values/shape";
import { known } from "../pulumi/known";

/**
 * Runs before a deployment is created or updated: checks the rules of the step that follows, so nothing expensive is
 * built for a refused step, and what may not change on a serving deployment.
 */
export async function beforeDeployment(context: RolloutContext, inputs: HookInputs): Promise<void> {
  const { newInputs, oldInputs } = inputs;
  const name = String(at(newInputs, ["deploymentName"]));
  if (oldInputs === undefined) await logPreflight(context, name);
  const { path, live: read } = await findEndpoint(context, `deployment ${name}`, deploymentPath(newInputs));
  if (path !== undefined && read === undefined) requireNewEndpoint(context, path, oldInputs !== undefined);
  const location = known(at(newInputs, ["location"]));
  const quota = await checkLiveQuota(context, {
    location: typeof location === "string" ? location : undefined,
    path: read && path,
  });
  if (path === undefined || read === undefined) {
    refuse(`deployment ${name}`, quota);
    return context.earlyReads.end();
  }
  if (isServing(read)) context.memory.servedBefore ??= { traffic: read.traffic, mirrorTraffic: read.mirrorTraffic };
  // Weights that were dropped by an earlier write of this run are restored by the traffic step; until then they count.
  const live = { ...read, ...droppedWeights(read, context.memory.servedBefore) };
  // On the way back the step came first: its hook has checked its rules, and in a preview its weights are not live yet.
  const isStepDone = (await context.order?.decision)?.isTrafficFirst === true;
  const weights = (isStepDone ? context.memory.stepLeaves : undefined) ?? live;
  const { violations, overwritten } = await changeDeployment(context, path, inputs, weights);
  const asked = isStepDone ? [] : await checkStep(context, path, live);
  const untested = violations.length > 0 ? [] : await checkUntested(context, path, inputs, live);
  refuse(`deployment ${name}`, [...asked, ...quota, ...violations, ...untested]);
  context.earlyReads.end();
  if (overwritten.length === 0) return;
  await pulumi.log.warn(
    `deployment ${name}: what was changed elsewhere is overwritten, as acceptLiveSettings says: ${overwritten.join(", ")}; ` +
      "take it out of the program or the config again",
    context.component,
  );
}

/** An endpoint created in this run may not be visible yet; any other missing endpoint cannot be judged. */
function requireNewEndpoint({ memory }: RolloutContext, { endpointName }: EndpointPath, isUpdate: boolean): void {
  if (memory.isNewEndpoint === true) return;
  throw new Error(
    `endpoint ${endpointName} cannot be found in Azure although this stack has ${isUpdate ? "deployments on it" : "it"}: ` +
      'nothing is written; if it was deleted, run "pulumi up --refresh", which creates it and its deployments again, ' +
      'else run "pulumi up" again',
  );
}

/** The rules of the traffic step that follows. */
async function checkStep(context: RolloutContext, path: EndpointPath, live: LiveEndpoint): Promise<Violation[]> {
  return [
    ...planLive(context, live, presumedEarlier(live)).violations,
    ...checkOwner(await context.ownership, recordOf(live.tags).owner),
    ...(await checkLiveModels(context, live, path)),
  ];
}

/** An untested model may not start with weight; the way back to one that served before stays open. */
async function checkUntested(
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

/** Whether an update changes a deployment's model; one that a preview does not know yet is a new version. */
function changedModel(name: string, { newInputs, oldInputs }: HookInputs): UntestedBy | undefined {
  const { before, after } = comparable(at(oldInputs, ["properties"]), at(newInputs, ["properties"]));
  const model = at(newInputs, ["properties", "model"]);
  return pulumi.isUnknown(model) || changesTested(name, before, after) ? "changes it" : undefined;
}
