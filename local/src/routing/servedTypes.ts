import { notFound } from "../arm/errors";
import type { ResourceId } from "../arm/ids";
import type { ResourceHandler } from "../arm/resourceHandler";

/** The type of resource providers themselves, `/subscriptions/{s}/providers/{namespace}`. */
export const NAMESPACES = "providers";

export interface Namespace {
  /** Such as `Microsoft.Storage`. */
  readonly name: string;
  /** Such as `storageAccounts/blobServices`. */
  readonly types: readonly string[];
}

/** The types of resource that are served, by name without case. */
export class ServedTypes {
  private readonly entries = new Map<string, { readonly name: string; readonly handler: ResourceHandler }>();

  add(name: string, handler: ResourceHandler): void {
    this.entries.set(name.toLowerCase(), { name, handler });
  }

  get(type: string): ResourceHandler | undefined {
    return this.entries.get(type.toLowerCase())?.handler;
  }

  namespaces(): readonly Namespace[] {
    const namespaces = new Map<string, string[]>();
    for (const { name } of this.entries.values()) {
      const [namespace = "", ...types] = name.split("/");
      if (!namespace.includes(".")) continue;
      const known = namespaces.get(namespace) ?? [];
      namespaces.set(namespace, types.length === 0 ? known : [...known, types.join("/")]);
    }
    return [...namespaces].map(([name, types]) => ({ name, types }));
  }

  /** The text of an id with its provider and types as they are spelled. */
  spelled({ fullType, provider, types, names, scope, text }: ResourceId): string {
    const entry = this.entries.get(fullType);
    if (provider === undefined || types.length === 0 || entry === undefined) return text;
    const [namespace, ...spelled] = entry.name.split("/");
    const pairs = spelled.flatMap((type, index) => [type, names[index] ?? ""]);
    return [scope, "providers", namespace, ...pairs].join("/");
  }

  /**
   * Refuses what is served nowhere here, as Azure refuses what it does not know: a client must not believe that
   * something was done which nothing will act on.
   */
  requireServed(id: ResourceId, method: string, apiVersion: string): void {
    const { provider, types, tail, fullType } = id;
    if (provider === undefined) return;
    const namespace = this.namespaces().find(({ name }) => name.toLowerCase() === provider.toLowerCase());
    if (namespace === undefined) {
      const served = this.namespaces().map(({ name }) => name);
      throw notFound(
        "InvalidResourceNamespace",
        `The resource namespace '${provider}' is invalid. The local Azure ML serves ${served.join(", ")}.`,
      );
    }
    const isAction = method === "POST" && tail !== undefined;
    const asked = [fullType, ...(tail === undefined || isAction ? [] : [tail])].join("/");
    const isKnown = types.length === 0 && (tail === undefined || isAction) ? true : this.get(asked) !== undefined;
    if (isKnown && this.isPlaced(id)) return;
    const type = [...types, ...(tail === undefined || isAction ? [] : [tail])].join("/");
    throw notFound(
      "InvalidResourceType",
      `The resource type '${type}' could not be found in the namespace '${namespace.name}' for api version '${apiVersion}'. The local Azure ML serves ${namespace.types.join(", ")}.`,
    );
  }

  /** Extensions stand anywhere, operations of a location in the subscription, all else in a group. */
  private isPlaced({ fullType, types, resourceGroup, scope }: ResourceId): boolean {
    if (types.length === 0 || this.get(fullType)?.isExtension === true) return true;
    const isInGroup = resourceGroup !== undefined && scope.split("/").length === 5;
    return types[0]?.toLowerCase() === "locations" ? resourceGroup === undefined : isInGroup;
  }
}
