import { recordOf } from "../../components/rollout/record";
import { sameTraffic } from "../../components/rollout/weights";
import type { BrokenInvariant } from "./invariants";
import type { Program } from "./programs";
import type { RunResult } from "./run";
import type { World } from "./world";

/** What a run without a fault may do: all that is declared, or nothing that callers could see. */
export function checkUndisturbed(
  before: World,
  program: Program,
  { end, world }: RunResult,
): readonly BrokenInvariant[] {
  const broken = (what: string): readonly BrokenInvariant[] => [{ invariant: "I9", what }];
  if (end.kind === "done") {
    return isSettled(world, program) ? [] : broken("a run is done and not all that is declared is there");
  }
  if (end.kind !== "refused") return broken("a run without a fault fails");
  const [was, is] = [before.endpoint, world.endpoint];
  const unchanged = was === undefined || (is !== undefined && sameTraffic(was, is));
  return unchanged ? [] : broken("a run that is refused has changed the weights");
}

/** Whether Azure and the state are what a program declares. */
function isSettled({ endpoint, deployments, state }: World, program: Program): boolean {
  const declared = Object.keys(program.deployments).toSorted().join();
  const there = Object.keys(deployments).toSorted().join();
  const known = Object.keys(state.deployments).toSorted().join();
  return endpoint !== undefined && sameTraffic(endpoint, program.state) && there === declared && known === declared;
}

/** A first write that did not take effect, which looks as if somebody had cleared the endpoint: it must be accepted by name. */
export function isUnrecorded({ endpoint, state }: World): boolean {
  return state.step !== undefined && recordOf(endpoint?.tags ?? {}).traffic === undefined;
}

/** The program that gives all requests back to the stable deployment; undefined while none is recorded and ready. */
export function wayBack({ endpoint, state, deployments }: World): Program | undefined {
  const stable = recordOf(endpoint?.tags ?? {}).stable?.toLowerCase();
  const names = Object.keys(state.deployments);
  const home = names.find((name) => name.toLowerCase() === stable);
  if (home === undefined || deployments[home]?.state !== "Succeeded") return undefined;
  return {
    deployments: Object.fromEntries(Object.entries(state.deployments).map(([name, { version }]) => [name, version])),
    state: { traffic: Object.fromEntries(names.map((name) => [name, name === home ? 100 : 0])), mirrorTraffic: {} },
  };
}

/** The way back is open at once, and the run after it has nothing to do. */
export function checkAbort({ end }: RunResult, again: RunResult): readonly BrokenInvariant[] {
  const broken = (what: string): readonly BrokenInvariant[] => [{ invariant: "I6", what }];
  if (end.kind !== "done") return broken("the way back to the stable deployment is not open");
  const others = again.calls.filter((call) => call !== "read endpoint");
  return others.length === 0 ? [] : broken("after the way back something is left to do");
}
