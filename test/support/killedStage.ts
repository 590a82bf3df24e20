import { expect } from "vitest";
import { FirstCaller } from "../../prove/crash/firstCaller";
import { foreignWeights } from "../../prove/crash/testCrash";
import { leftovers } from "../../prove/crash/endState";
import type { Moment } from "../../prove/crash/point";
import { crashAndRecover } from "../../prove/crash/crashAndRecover";
import { CRASH_STAGES } from "../../prove/crash/stages";
import type { CrashStage } from "../../prove/crash/stages";
import type { CrashTestbed } from "../../prove/crash/testbed";
import { valueAt } from "../../driver/azureClient";

/** A stage of the rollout that is killed, and what is seen of it. */
export interface KilledStage {
  readonly stage: string;
  readonly call: string;
  readonly moment: Moment;
  /** Part of the state that the kill leaves. */
  readonly left: string;
  /** Part of what the command tells. */
  readonly said: string;
}

/** What a kill and its recovery may take on a machine with much else to do. */
export const KILL_TIMEOUT_MS = 240_000;

export function stageOf(name: string): CrashStage {
  const found = CRASH_STAGES.find((stage) => stage.name === name);
  if (found === undefined) throw new Error(`there is no stage ${name}`);
  return found;
}

/** Kills a stage, types the command once, and tells what there is then, with requests under way all the time. */
export async function killAndRecover(testbed: CrashTestbed, { stage, call, moment }: KilledStage) {
  const found = stageOf(stage);
  const before = (valueAt(await testbed.endpoint(), "properties.traffic") ?? {}) as Record<string, number>;
  const since = (await testbed.azure.trace("kind=arm")).at(-1)?.seq ?? 0;
  const callers = new FirstCaller(testbed);
  const { failure, left, said } = await crashAndRecover(testbed, found, { call, moment });
  const { lost, requests } = await callers.stop();
  return {
    failure,
    left,
    said,
    leftovers: leftovers(testbed.state()),
    traffic: valueAt(await testbed.endpoint(), "properties.traffic"),
    deployments: await deploymentStates(testbed),
    foreignWeights: foreignWeights(await testbed.azure.trace(`kind=arm&since=${since}`), { ...found, before }),
    lost,
    called: requests > 0,
  };
}

/** What `killAndRecover` tells of a stage that one command brought to where it was going. */
export function broughtBack({ stage, left, said }: KilledStage) {
  const { after } = stageOf(stage);
  return {
    failure: "",
    left: expect.stringContaining(left) as string,
    said: expect.stringContaining(said) as string,
    leftovers: [],
    traffic: after,
    deployments: Object.fromEntries(Object.keys(after).map((name) => [name, "Succeeded"])),
    foreignWeights: [],
    lost: 0,
    called: true,
  };
}

async function deploymentStates(testbed: CrashTestbed): Promise<Record<string, unknown>> {
  const deployments = await testbed.azure.resources("/onlineEndpoints/deployments");
  return Object.fromEntries(
    deployments.map((deployment) => [String(deployment["name"]), valueAt(deployment, "properties.provisioningState")]),
  );
}
