import type { StateChange, StateEdit } from "./editState";
import { resourcesOf } from "../stack/exportedStack";
import type { ExportedStack, ResourceState } from "../stack/exportedStack";

/**
 * The state without half-done replacements: the engine has created the new resource and would delete the old one at the
 * next success, although everything inside it is still there. The old one is put back; the new one, which is empty, is
 * removed from the state and stays in Azure.
 */
export function keepReplaced(stack: ExportedStack): StateEdit {
  const resources = resourcesOf(stack);
  const living = resources.filter((resource) => resource.delete !== true);
  const standingIn = ({ id }: ResourceState): number => living.filter((other) => isBelow(other.id, id)).length;
  const changes: StateChange[] = [];
  const kept = resources.reduce((all, old) => {
    const successor = living.find(({ urn }) => urn === old.urn);
    if (old.delete !== true || successor === undefined) return all;
    if (standingIn(old) === 0 || standingIn(successor) > 0) return all;
    changes.push(changeOf(old, successor, standingIn(old)));
    const { delete: _, ...again } = old;
    return all.flatMap((each) => (each === old ? [] : [each === successor ? again : each]));
  }, resources);
  return { edited: { ...stack, deployment: { ...stack.deployment, resources: kept } }, changes };
}

function changeOf({ urn, type, id }: ResourceState, successor: ResourceState, count: number): StateChange {
  const stands = count === 1 ? "1 resource is" : `${count} resources are`;
  return {
    urn,
    type,
    operation: "replaced",
    ...(id !== undefined && { id }),
    azure: "not asked",
    action: "kept",
    reason: `${stands} in it; ${successor.id ?? "its replacement"} is removed from the state and stays in Azure`,
  };
}

/** Azure compares ids without case. */
function isBelow(id: string | undefined, above: string | undefined): boolean {
  return above !== undefined && id?.toLowerCase().startsWith(`${above.toLowerCase()}/`) === true;
}
