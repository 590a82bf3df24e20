import * as pulumi from "@pulumi/pulumi";
import { describeCost } from "../rollout/cost";
import { checkFixed } from "../rollout/fixed";
import type { FixedSetting } from "../rollout/fixed";
import { droppedWeights } from "../rollout/liveState";
import { describeReady, describeVerification, stepText, describeVerified } from "../rollout/message";
import type { DeploymentStates } from "../rollout/readiness";
import { checkReadiness, presumedThere, risingFromNothing, weightedDeployments } from "../rollout/readiness";
import { checkOwner } from "../rollout/owner";
import { othersTags, recordOf } from "../rollout/record";
import { checkTagCount } from "../rollout/tagRules";
import type { Violation } from "../values/violation";
import { checkVerdicts, describeGate } from "../gates/verdict";
import type { GateVerdict } from "../gates/verdict";
import { askLiveGates } from "./gates";
import { checkLiveModels, compatibleContracts, logContracts } from "./contracts";
import type { TrafficState } from "../rollout/weights";
import { formatTraffic, sameTraffic } from "../rollout/weights";
import { findEndpoint, planLive, readLive } from "./context";
import type { RolloutContext } from "./context";
import type { HookInputs } from "./hookInputs";
import type { EndpointPath } from "../azure/ids";
import type { LiveEndpoint } from "../azure/readEndpoint";
import { refuse } from "./hookInputs";
import { readSettledLive, readSettledStates, readStates, pause } from "../azure/settled";
import { stepInputs } from "./stepInputs";
import type { StepInputs } from "./stepInputs";

/** Before the endpoint is written, in preview too: rules, guard, and deployments that are ready for their weight. */
export async function beforeTraffic(context: RolloutContext, { newInputs, oldInputs }: HookInputs): Promise<void> {
  const declared = stepInputs(newInputs);
  const { memory } = context;
  memory.isStepAsked = true;
  context.order?.beginStep();
  const { path, live } = await findEndpoint(context, "the traffic step", declared.path, readSettledLive);
  const inputs = { ...declared, path };
  if (path !== undefined && live === undefined) {
    throw new Error(
      `endpoint ${path.endpointName} no longer exists in Azure; "pulumi up --refresh" creates it and its deployments again`,
    );
  }
  const before = memory.isNewEndpoint === true ? undefined : stepInputs(oldInputs);
  const earlier = before?.state;
  if (earlier !== undefined) memory.lastStep = earlier;
  const dropped = live && droppedWeights(live, memory.servedBefore);
  // Of a step that is made once more, the first one is known: weights that nobody dropped are another writer's.
  const written = [earlier, memory.stepLeaves].filter((state) => state !== undefined);
  const plan = () => planLive(context, live, [...written, ...(live && dropped ? [live] : [])]);
  const violations = [
    ...(live ? checkFixed(fixedSettings(inputs, live)) : []),
    ...(live ? checkOthersTags(inputs, live) : []),
    ...checkOwner(await context.ownership, recordOf(live?.tags ?? {}).owner, [recordOf(before?.tags ?? {}).owner]),
    ...checkTagCount(inputs.tags ?? {}),
    ...plan().violations,
    ...(await checkLiveModels(context, live, inputs.path)),
  ];
  const read = violations.length > 0 ? readStates : readSettledStates;
  const readiness = path === undefined ? [] : await checkReady(context, path, { live, earlier }, read);
  refuse("the traffic step", [...violations, ...readiness]);
  const gates = await askLiveGates(context, { path, live: live && { ...live, ...dropped }, earlier });
  // The rates that were asked for with the gates decide as well.
  const step = plan();
  await refuseHeld(context, gates, step.violations);
  context.earlyReads.end();
  const weighted = [...new Set(weightedDeployments(context.declared).map(({ name }) => name))];
  const verification = pulumi.runtime.isDryRun() ? describeVerification(weighted) : describeReady(weighted);
  const { cost } = context.machines;
  const verified = [
    ...gates.map(describeGate),
    ...compatibleContracts(context, live),
    ...(verification === undefined ? [] : [verification]),
  ];
  await pulumi.log.info(stepText(step, verified, cost && describeCost(cost)), context.component);
  await logContracts(context, live);
  if (pulumi.runtime.isDryRun()) memory.stepLeaves = context.declared;
  if (step.warning !== undefined) await pulumi.log.warn(step.warning, context.component);
  if (dropped !== undefined) {
    await pulumi.log.warn(
      `the endpoint lost its weights ${formatTraffic(dropped)} while its deployments were written; they are written again`,
      context.component,
    );
  }
  if (live && inputs.authMode !== undefined && inputs.authMode !== live.authMode) {
    await pulumi.log.warn(
      `callers need other credentials at once: authMode ${live.authMode} -> ${inputs.authMode}`,
      context.component,
    );
  }
}

/** Refuses what the gates hold back, with what all of them say. */
async function refuseHeld(
  { component }: RolloutContext,
  gates: readonly GateVerdict[],
  violations: readonly Violation[],
): Promise<void> {
  const held = [...violations, ...checkVerdicts(gates)];
  if (held.length > 0 && gates.length > 0) await pulumi.log.info(gates.map(describeGate).join("\n"), component);
  refuse("the traffic step", held);
}

/** What an endpoint can never change; the endpoint resource ignores these, so they are refused here by name. */
function fixedSettings(
  { path, declared, location, compute, identity }: StepInputs,
  live: LiveEndpoint,
): FixedSetting[] {
  return [
    ["location", live.location, location],
    ["compute", live.compute ?? "none", compute],
    ["managedIdentities", live.identity, identity],
    ["resourceGroupName", path?.resourceGroupName, declared?.resourceGroupName],
    ["workspace", path?.workspaceName, declared?.workspaceName],
    ["endpointName", path?.endpointName, declared?.endpointName],
  ];
}

/** The tags were put together when the program ran; those that others have added since would be lost. */
function checkOthersTags({ tags }: StepInputs, live: LiveEndpoint): Violation[] {
  if (tags === undefined) return [];
  const lost = Object.keys(othersTags(live.tags, Object.keys(tags)));
  if (lost.length === 0) return [];
  const reason = `${lost.join(", ")} on the endpoint would be lost: added while this step was prepared, or the endpoint could not be read then; run "pulumi up" again`;
  return [{ path: "tags", reason }];
}

interface BeforeStep {
  readonly live: LiveEndpoint | undefined;
  readonly earlier: TrafficState | undefined;
}

/** In a preview a new deployment may not exist yet: only those of the step before are asked for. */
async function checkReady(
  context: RolloutContext,
  path: EndpointPath,
  { live, earlier }: BeforeStep,
  read: typeof readStates,
): Promise<Violation[]> {
  const { declared, memory } = context;
  // What the service dropped in this run had requests all the same.
  const served = live && { ...live, ...droppedWeights(live, memory.servedBefore) };
  const rising = risingFromNothing(declared, served).map(({ name }) => name);
  if (!pulumi.runtime.isDryRun())
    return checkReadiness(declared, await read(context, path, [...new Set(rising)]), served);
  const found = await readStates(context, path, presumedThere(declared, served, earlier, context.policy));
  // One that is there may still be changed by the update.
  const states = rising.map((name) => [name, name in found ? found[name] && "Succeeded" : "Succeeded"]);
  return checkReadiness(declared, Object.fromEntries(states) as DeploymentStates, served);
}

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
