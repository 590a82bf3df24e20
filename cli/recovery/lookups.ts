import { armIdOf, isAzureNative } from "../stack/armIds";
import { nameOf, pendingOf, resourcesOf } from "../stack/exportedStack";
import type { ExportedStack, PendingOperation, ResourceState } from "../stack/exportedStack";

/** A resource that may be in Azure, what is the matter with it and, where Azure can be asked, the id to ask for. */
export interface Lookup {
  readonly operation: PendingOperation;
  readonly id?: string;
  /** Why Azure is not asked. */
  readonly reason?: string;
}

/**
 * What has to be asked of Azure before an interrupted update can go on.
 *
 * @param fallbackSubscription - for providers that do not name one themselves
 * @throws Error when a resource may be in Azure and its subscription is not known
 */
export function lookupsOf(stack: ExportedStack, fallbackSubscription: string | undefined): readonly Lookup[] {
  return pendingOf(stack).map((operation) => lookupOf(stack, operation, fallbackSubscription));
}

/** Resources of the state that are not ready, and that Azure may have finished since. */
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
    // The engine fills in the id of an update only when it is done.
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
 * The subscription that a resource's provider is set to, or the one that its other resources are in.
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
