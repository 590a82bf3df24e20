import { isSameName } from "../../components/values/sameName";
import { UNKNOWN } from "../stack/previewedStack";
import type { PlannedResource, PlannedStep } from "../stack/previewedStack";
import { armIdOf, armPathOf, isAzureNative } from "../stack/armIds";
import { nameOf, resourcesOf } from "../stack/exportedStack";
import type { ExportedStack, ResourceState } from "../stack/exportedStack";
import { requireSubscription } from "./lookups";
import { providerUrnOf } from "../stack/providers";

/** A resource that the program declares and the state does not have, so an update would create it. */
export interface Gap {
  /** As the program declares it, with its provider. */
  readonly resource: PlannedResource;
  /** Its ARM id. */
  readonly id: string;
  /** Its counterpart in the state: the same resource under another name, or the one it would replace. */
  readonly instead?: ResourceState;
}

export interface Gaps {
  readonly gaps: readonly Gap[];
  /** Resources whose id a preview does not know yet, because what they depend on is missing from the state too. */
  readonly unplaced: readonly PlannedResource[];
}

const CREATES = new Set(["create", "replace", "create-replacement"]);

/** The Azure resources that an update would create, by what a preview shows of it. */
export function plannedCreates(stack: ExportedStack, steps: readonly PlannedStep[]): readonly PlannedResource[] {
  const byUrn = new Map<string, PlannedResource>();
  const present = new Set(resourcesOf(stack).map(({ urn }) => urn));
  for (const { op, newState } of steps) {
    if (newState === undefined || !CREATES.has(op) || !isAzureNative(newState.type)) continue;
    if (op !== "create" || !present.has(newState.urn)) byUrn.set(newState.urn, newState);
  }
  return [...byUrn.values()];
}

/**
 * Finds the ARM ids of the planned creates.
 *
 * @param stack - with the providers of all of them
 * @throws Error when the subscription of one is not known
 */
export function gapsOf(
  stack: ExportedStack,
  creates: readonly PlannedResource[],
  fallbackSubscription: string | undefined,
): Gaps {
  const present = resourcesOf(stack);
  const gaps: Gap[] = [];
  const unplaced: PlannedResource[] = [];
  for (const planned of creates) {
    if (armPathOf(planned.type) === undefined) continue;
    const resource = { ...planned, provider: referenceOf(planned, present) };
    const id = placeOf(stack, resource, fallbackSubscription);
    if (id === undefined) unplaced.push(planned);
    else gaps.push(...gapAt(resource, id, present));
  }
  return { gaps, unplaced };
}

function placeOf(stack: ExportedStack, resource: PlannedResource, fallback: string | undefined): string | undefined {
  const id = armIdOf(resource.type, resource.inputs ?? {}, requireSubscription(stack, resource, fallback));
  return id?.includes(UNKNOWN) === true ? undefined : id;
}

function gapAt(resource: PlannedResource, id: string, present: readonly ResourceState[]): Gap[] {
  const own = present.find(({ urn }) => urn === resource.urn);
  const path = armPathOf(resource.type);
  const same = present.find((other) => isSameName(id, other.id) && armPathOf(other.type) === path);
  // A replacement at an id that the state already has is no gap: that is what it replaces, or somebody else's.
  if (own !== undefined && same !== undefined) return [];
  const instead = own ?? same;
  return [{ resource, id, ...(instead && { instead }) }];
}

function referenceOf(planned: PlannedResource, present: readonly ResourceState[]): string {
  const urn = providerUrnOf(planned);
  const id = present.find((resource) => resource.urn === urn)?.id;
  if (id === undefined)
    throw new Error(
      `the provider of ${nameOf(planned)} is not in the state yet; "pulumi up --target ${urn}" creates it`,
    );
  return `${urn}::${id}`;
}
