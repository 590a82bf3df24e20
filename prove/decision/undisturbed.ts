import { recordOf } from "../../components/rollout/record";
import { sameTraffic, weightOf } from "../../components/rollout/weights";
import { hasTraffic } from "./modelledAzure";
import type { BrokenInvariant } from "./invariants";
import type { Program } from "./programs";
import type { UpResult } from "./simulateUp";
import type { Snapshot } from "./snapshot";

/** A run without a fault must do all that is declared, or nothing that callers could notice. */
export function checkUndisturbed(
  before: Snapshot,
  program: Program,
  { end, snapshot, isHindered }: UpResult,
): readonly BrokenInvariant[] {
  const broken = (what: string): readonly BrokenInvariant[] => [{ invariant: "I9", what }];
  if (end.kind === "done") {
    return isSettled(snapshot, program) ? [] : broken("a run is done and not all that is declared is there");
  }
  if (end.kind !== "refused" && !isHindered) return broken("a run without a fault fails");
  const [was, is] = [before.endpoint, snapshot.endpoint];
  // On the way back the weights come first, and what is refused after them comes too late to keep them away.
  const isLegal = was === undefined || (is !== undefined && (sameTraffic(was, is) || sameTraffic(program.state, is)));
  return isLegal ? [] : broken("a run that is not done leaves other weights than those of before or after");
}

/** Whether Azure and the state are what a program declares. */
export function isSettled({ endpoint, deployments, state }: Snapshot, program: Program): boolean {
  const declared = Object.keys(program.deployments).toSorted().join();
  const there = Object.keys(deployments).toSorted().join();
  const known = Object.keys(state.deployments).toSorted().join();
  return endpoint !== undefined && sameTraffic(endpoint, program.state) && there === declared && known === declared;
}

/** A deployment without requests whose last update failed, and that gets weight: it must come up at its first weight. */
export function isUnproven({ endpoint, deployments }: Snapshot, { state }: Program, maxInitialWeight: number): boolean {
  return Object.entries(deployments).some(([name, deployment]) => {
    const isDown = deployment.state === "Failed" && !hasTraffic(endpoint, name);
    return isDown && weightOf(state.traffic, name) > maxInitialWeight;
  });
}

/** A first write that did not take effect, which looks as if somebody had cleared the endpoint: it must be accepted by name. */
export function isUnrecorded({ endpoint, state }: Snapshot): boolean {
  return state.step !== undefined && recordOf(endpoint?.tags ?? {}).traffic === undefined;
}
