import { recordOf } from "../../components/rollout/record";
import { sameTraffic, weightOf } from "../../components/rollout/weights";
import { names } from "./azure";
import type { BrokenInvariant } from "./invariants";
import type { Program } from "./programs";
import type { RunResult } from "./run";
import { modelOf } from "./world";
import type { ModelledDeployment, World } from "./world";

/**
 * The deployment that all requests can go back to: the recorded stable one, whatever happens to it while it has requests,
 * and ready while it has none; undefined while there is none.
 */
export function homeOf({ endpoint, state, deployments }: World): string | undefined {
  const stable = recordOf(endpoint?.tags ?? {}).stable?.toLowerCase();
  const home = Object.keys(state.deployments).find((name) => name.toLowerCase() === stable);
  if (home === undefined || deployments[home] === undefined) return undefined;
  return names(endpoint, home) || deployments[home].state === "Succeeded" ? home : undefined;
}

/** The program that gives all requests back to a deployment and changes nothing else. */
export function wayBackTo(home: string, { state: { deployments } }: World): Program {
  const all = Object.entries(deployments);
  return {
    deployments: Object.fromEntries(all.map(([name, { version }]) => [name, version])),
    state: { traffic: Object.fromEntries(all.map(([name]) => [name, name === home ? 100 : 0])), mirrorTraffic: {} },
  };
}

/** The programs that give all requests back, whatever else they declare: only what has requests must stay as it is. */
export function waysBackTo(home: string, world: World, programs: readonly Program[]): readonly Program[] {
  const { endpoint, state } = world;
  const model = modelOf(state.deployments[home]?.version ?? "");
  const staying = Object.keys(world.deployments).filter((name) => names(endpoint, name));
  return programs.filter(({ deployments, state: { traffic, mirrorTraffic } }) => {
    if (weightOf(traffic, home) !== 100 || Object.keys(mirrorTraffic).length > 0) return false;
    return modelOf(deployments[home] ?? "") === model && staying.every((name) => name in deployments);
  });
}

/** The world with everything that may be wrong with its deployments while one of them has requests and is to get all. */
export function withTroubles(home: string, world: World): readonly World[] {
  const others = Object.keys(world.state.deployments).filter((name) => name !== home);
  const states = names(world.endpoint, home) ? (["Scaling", "Failed"] as const) : [];
  const homes = [world, ...states.map((state) => withState(world, home, state))];
  const stuck = (states.length > 0 ? [home, ...others] : others).map((name) => withoutMachines(world, name));
  return [...homes, ...stuck, ...homes.slice(1).flatMap((one) => others.map((name) => withoutMachines(one, name)))];
}

/** The way back is open at once, and the run after it has nothing to do. */
export function checkAbort({ end, isHindered }: RunResult, again: RunResult): readonly BrokenInvariant[] {
  const broken = (what: string): readonly BrokenInvariant[] => [{ invariant: "I6", what }];
  if (isHindered) return [];
  if (end.kind !== "done") return broken("the way back to the stable deployment is not open");
  const others = again.calls.filter((call) => call !== "read endpoint");
  return others.length === 0 ? [] : broken("after the way back something is left to do");
}

/** All requests are back after the run, however it ends. */
export function checkWayBack(program: Program, { end, world }: RunResult): readonly BrokenInvariant[] {
  if (world.endpoint !== undefined && sameTraffic(world.endpoint, program.state)) return [];
  return [{ invariant: "I12", what: `the weights are not back after a run that is ${end.kind}` }];
}

function withState(world: World, name: string, state: ModelledDeployment["state"]): World {
  const { version = "" } = world.deployments[name] ?? {};
  return { ...world, deployments: { ...world.deployments, [name]: { version, state } } };
}

/** Its last update found no machines, and no update will. */
function withoutMachines(world: World, name: string): World {
  const { version = "" } = world.deployments[name] ?? {};
  const deployments = { ...world.state.deployments, [name]: { version, state: "Failed" as const } };
  return { ...withState(world, name, "Failed"), state: { ...world.state, deployments }, noCapacity: name };
}
