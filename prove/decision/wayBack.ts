import { recordOf } from "../../components/rollout/record";
import { sameTraffic, weightOf } from "../../components/rollout/weights";
import { hasTraffic } from "./modelledAzure";
import type { BrokenInvariant } from "./invariants";
import type { Program } from "./programs";
import type { UpResult } from "./simulateUp";
import { modelVersionOf } from "./snapshot";
import type { ModelledDeployment, Snapshot } from "./snapshot";

/**
 * The deployment that all traffic can return to: the recorded stable one, in any state while it has traffic, else only
 * if ready; undefined when there is none.
 */
export function abortTarget({ endpoint, state, deployments }: Snapshot): string | undefined {
  const stable = recordOf(endpoint?.tags ?? {}).stable?.toLowerCase();
  const home = Object.keys(state.deployments).find((name) => name.toLowerCase() === stable);
  if (home === undefined || deployments[home] === undefined) return undefined;
  return hasTraffic(endpoint, home) || deployments[home].state === "Succeeded" ? home : undefined;
}

/** The program that gives all traffic back to a deployment and changes nothing else. */
export function wayBackTo(home: string, { state: { deployments } }: Snapshot): Program {
  const all = Object.entries(deployments);
  return {
    deployments: Object.fromEntries(all.map(([name, { version }]) => [name, version])),
    state: { traffic: Object.fromEntries(all.map(([name]) => [name, name === home ? 100 : 0])), mirrorTraffic: {} },
  };
}

/** The programs that give all traffic back, whatever else they declare, as long as deployments with traffic stay. */
export function waysBackTo(home: string, snapshot: Snapshot, programs: readonly Program[]): readonly Program[] {
  const { endpoint, state } = snapshot;
  const model = modelVersionOf(state.deployments[home]?.version ?? "");
  const staying = Object.keys(snapshot.deployments).filter((name) => hasTraffic(endpoint, name));
  return programs.filter(({ deployments, state: { traffic, mirrorTraffic } }) => {
    if (weightOf(traffic, home) !== 100 || Object.keys(mirrorTraffic).length > 0) return false;
    return modelVersionOf(deployments[home] ?? "") === model && staying.every((name) => name in deployments);
  });
}

/** The snapshot in every variant of broken deployments while one of them has traffic and should get all of it. */
export function withBrokenDeployments(home: string, snapshot: Snapshot): readonly Snapshot[] {
  const others = Object.keys(snapshot.state.deployments).filter((name) => name !== home);
  const states = hasTraffic(snapshot.endpoint, home) ? (["Scaling", "Failed"] as const) : [];
  const homes = [snapshot, ...states.map((state) => withState(snapshot, home, state))];
  const stuck = (states.length > 0 ? [home, ...others] : others).map((name) => withoutMachines(snapshot, name));
  return [...homes, ...stuck, ...homes.slice(1).flatMap((one) => others.map((name) => withoutMachines(one, name)))];
}

/** The way back succeeds at once, and the next run has nothing to do. */
export function checkAbort({ end, isHindered }: UpResult, again: UpResult): readonly BrokenInvariant[] {
  const broken = (what: string): readonly BrokenInvariant[] => [{ invariant: "I6", what }];
  if (isHindered) return [];
  if (end.kind !== "done") return broken("the way back to the stable deployment is not open");
  const others = again.calls.filter((call) => call !== "read endpoint");
  return others.length === 0 ? [] : broken("after the way back something is left to do");
}

/** All traffic is back after the run, however it ends. */
export function checkWayBack(program: Program, { end, snapshot }: UpResult): readonly BrokenInvariant[] {
  if (snapshot.endpoint !== undefined && sameTraffic(snapshot.endpoint, program.state)) return [];
  return [{ invariant: "I12", what: `the weights are not back after a run that is ${end.kind}` }];
}

function withState(snapshot: Snapshot, name: string, state: ModelledDeployment["state"]): Snapshot {
  const { version = "" } = snapshot.deployments[name] ?? {};
  return { ...snapshot, deployments: { ...snapshot.deployments, [name]: { version, state } } };
}

/** Its last update found no capacity, and no update will. */
function withoutMachines(snapshot: Snapshot, name: string): Snapshot {
  const { version = "" } = snapshot.deployments[name] ?? {};
  const deployments = { ...snapshot.state.deployments, [name]: { version, state: "Failed" as const } };
  return { ...withState(snapshot, name, "Failed"), state: { ...snapshot.state, deployments }, noCapacity: name };
}
