import { armIdOf, isAzureNative } from "../stack/armIds";
import { nameOf, pendingOf, resourcesOf } from "../stack/exportedStack";
import type { ExportedStack, PendingOperation, ResourceState } from "../stack/exportedStack";

/** A resource that may exist in Azure, the reason to look it up and, if possible, its id. */
export interface Lookup {
  readonly operation: PendingOperation;
  readonly id?: string;
  /** Why it cannot be looked up. */
  readonly reason?: string;
}

/**
 * The lookups in Azure that are needed before an interrupted update can continue.
 *
 * @param fallbackSubscription - for providers that name none
 * @throws Error when the subscription of a resource that may exist is unknown
 */
export function lookupsOf(stack: ExportedStack, fallbackSubscription: string | undefined): readonly Lookup[] {
  return pendingOf(stack).map((operation) => lookupOf(stack, operation, fallbackSubscription));
}

/** Resources that are recorded as not ready but may have become ready in Azure since. */
export function unreadyLookups(stack: ExportedStack): readonly Lookup[] {
  const pending = new Set(pendingOf(stack).map(({ resource }) => resource.urn));
  return resourcesOf(stack).flatMap((resource) => {
    const { id, initErrors = [] } = resource;
    const isAsked = initErrors.length > 0 && id !== undefined && isAzureNative(resource.type);
    return isAsked && !pending.has(resource.urn) ? [{ operation: { type: "not ready", resource }, id }] : [];
  });
}

function lookupOf(stack: ExportedStack, operation: PendingOperation, fallback: string | undefined): Lookup {
  const { resource, type } = operation;
  if (!isAzureNative(resource.type)) return { operation, reason: "it is not an Azure resource" };
  const before = resourcesOf(stack).find(({ urn }) => urn === resource.urn);
  if (type !== "creating") {
    // The engine records the id only when an update is done.
    const id = resource.id ?? before?.id;
    return id === undefined ? { operation, reason: "it has no id" } : { operation, id };
  }
  if (before !== undefined) return { operation, reason: "the state has a resource of that name already" };
  const id = armIdOf(resource.type, resource.inputs ?? {}, requireSubscription(stack, resource, fallback));
  return id === undefined
    ? { operation, reason: `where ${resource.type} is in Azure is not known` }
    : { operation, id };
}

/**
 * The subscription of a resource's provider, or else that of the provider's other resources.
 *
 * @throws Error when none is known
 */
export function requireSubscription(stack: ExportedStack, resource: ResourceState, fallback: string | undefined) {
  const subscription = subscriptionOf(stack, resource) ?? fallback;
  if (subscription !== undefined) return subscription;
  throw new Error(
    `the subscription of ${nameOf(resource)} is not known; set ARM_SUBSCRIPTION_ID and run this command again`,
  );
}

function subscriptionOf(stack: ExportedStack, { provider }: ResourceState): string | undefined {
  const all = resourcesOf(stack);
  const own = all.find(({ urn, id }) => `${urn}::${id ?? ""}` === provider)?.inputs?.["subscriptionId"];
  if (typeof own === "string" && own !== "") return own;
  const ids = all.filter((resource) => resource.provider === provider).map(({ id }) => id ?? "");
  return ids.map((id) => /^\/subscriptions\/([^/]+)/.exec(id)?.[1]).find((found) => found !== undefined);
}
