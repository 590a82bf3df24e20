import type { PlannedResource } from "../stack/previewedStack";
import { failureOf, inWords } from "./editState";
import type { StateChange } from "./editState";
import { hideSecrets, nameOf, resourcesOf } from "../stack/exportedStack";
import type { ExportedStack, ResourceState, Values } from "../stack/exportedStack";
import { isSameName } from "../../components/values/sameName";
import type { Gap } from "./gaps";
import { whyNotOurs } from "./owned";
import { orderResources } from "../stack/providers";
import type { Answers } from "./scratch";
import { stateInputs } from "./stateInputs";

export interface JoinedState {
  readonly edited: ExportedStack;
  readonly changes: readonly StateChange[];
}

/**
 * The state completed with what the program declares and Azure has. What the state has under another name is renamed,
 * so no Azure resource is ever in the state twice: the engine would delete the old one.
 *
 * @param components - the ancestors of the program's resources, by URN, as a preview shows them
 * @param others - what else is added to the state
 */
export function joinState(
  stack: ExportedStack,
  gaps: readonly Gap[],
  answers: Answers,
  components: ReadonlyMap<string, PlannedResource>,
  others: readonly ResourceState[] = [],
): JoinedState {
  const resources = new Map<string, ResourceState>();
  const renamed = new Map<string, string>();
  const changes: StateChange[] = [];
  for (const gap of gaps) {
    const outputs = answers.get(gap.resource.urn);
    if (outputs === undefined) continue;
    const { change, state } = joinOne(gap, outputs);
    changes.push(change);
    if (state === undefined) continue;
    resources.set(state.urn, state);
    if (gap.instead !== undefined) renamed.set(gap.instead.urn, state.urn);
  }
  if (resources.size === 0 && others.length === 0) return { edited: stack, changes };
  const kept = resourcesOf(stack).flatMap((resource) => {
    const urn = renamed.get(resource.urn);
    if (urn === undefined) return [resource];
    const state = resources.get(urn);
    resources.delete(urn);
    return state === undefined ? [] : [state];
  });
  const present = new Set(kept.map(({ urn }) => urn));
  const joining = [...others, ...resources.values()];
  const around = ancestorsOf([...kept, ...joining], components).filter(({ urn }) => !present.has(urn));
  const all = [...kept, ...around, ...joining].map((resource) => withNames(resource, renamed));
  return { edited: { ...stack, deployment: { ...stack.deployment, resources: orderResources(all) } }, changes };
}

function joinOne(
  { resource, id, instead }: Gap,
  outputs: Values,
): { readonly change: StateChange; readonly state?: ResourceState } {
  const { urn, type } = resource;
  const { inputs, differences, unknown } = stateInputs(type, resource.inputs ?? {}, outputs);
  const own = typeof outputs["id"] === "string" && isSameName(id, outputs["id"]) ? outputs["id"] : id;
  const change = { urn, type, operation: "declared", id: own, azure: inWords(outputs) };
  if (unknown.length > 0)
    return { change: { ...change, action: "left", reason: `${unknown.join(", ")} is only known in an update` } };
  const reason = whyNotOurs(resource, outputs);
  if (reason !== undefined) return { change: { ...change, action: "left", reason } };
  const isReplaced = instead?.urn === urn;
  if (isReplaced && instead.retainOnDelete !== true)
    return {
      change: { ...change, action: "left", reason: `${instead.id ?? ""}, which it replaces, would be deleted` },
    };
  const initErrors = failureOf(outputs);
  const state = {
    ...resource,
    inputs,
    id: own,
    outputs: hideSecrets(resource, outputs),
    ...(initErrors.length > 0 && { initErrors }),
  };
  const from = instead && (isReplaced ? (instead.id ?? "") : nameOf(instead));
  return {
    change: {
      ...change,
      action: instead === undefined ? "added" : "moved",
      ...(from !== undefined && { from }),
      ...(differences.length > 0 && { differences }),
    },
    state,
  };
}

/** Ancestors that the state does not have yet, outermost first. */
function ancestorsOf(
  resources: readonly ResourceState[],
  components: ReadonlyMap<string, PlannedResource>,
): readonly PlannedResource[] {
  const found = new Map<string, PlannedResource>();
  const add = (urn: string | undefined): void => {
    const component = urn === undefined ? undefined : components.get(urn);
    if (component === undefined || found.has(component.urn)) return;
    add(component.parent);
    found.set(component.urn, component);
  };
  for (const { parent } of resources) add(parent);
  return [...found.values()];
}

function withNames(resource: ResourceState, renamed: ReadonlyMap<string, string>): ResourceState {
  const name = (urn: string): string => renamed.get(urn) ?? urn;
  const { parent, deletedWith, dependencies, propertyDependencies } = resource;
  const ofProperties = Object.entries(propertyDependencies ?? {}).map(([key, list]) => [key, list.map(name)]);
  return {
    ...resource,
    ...(parent !== undefined && { parent: name(parent) }),
    ...(deletedWith !== undefined && { deletedWith: name(deletedWith) }),
    ...(dependencies && { dependencies: dependencies.map(name) }),
    ...(propertyDependencies && { propertyDependencies: Object.fromEntries(ofProperties) as Record<string, string[]> }),
  };
}
