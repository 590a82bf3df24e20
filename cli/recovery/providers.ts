import { randomUUID } from "node:crypto";
import type { StackSettings } from "../adoption/stackSettings";
import { resourcesOf, secretOf } from "./exportedStack";
import type { ExportedStack, ResourceState } from "./exportedStack";

const DEFAULT = /::pulumi:providers:([\w-]+)::default_(\d+)_(\d+)_(\d+)$/;

/** The URN in the name that a resource has for its provider, and the id, which a preview may not know. */
export function providerUrnOf({ provider = "" }: ResourceState): string {
  return /^(.*)::[^:]*$/.exec(provider)?.[1] ?? provider;
}

/** The providers of resources that a state does not have; the default ones are made when they are first needed. */
export function missingProviders(stack: ExportedStack, resources: readonly ResourceState[]): readonly string[] {
  const present = new Set(resourcesOf(stack).map(({ urn }) => urn));
  return [...new Set(resources.map(providerUrnOf))].filter((urn) => urn !== "" && !present.has(urn));
}

/**
 * A default provider as the engine makes it from the config of the stack.
 *
 * @returns undefined for a provider that the program declares itself
 */
export function defaultProvider(urn: string, settings: StackSettings): ResourceState | undefined {
  const [, name, ...version] = DEFAULT.exec(urn) ?? [];
  if (name === undefined) return undefined;
  const own = Object.entries(settings.all)
    .filter(([key]) => key.startsWith(`${name}:`))
    .map(([key, { value, secret }]) => [key.slice(name.length + 1), secret === true ? secretOf(value) : value]);
  const inputs = { ...(Object.fromEntries(own) as Record<string, unknown>), version: version.join(".") };
  return { urn, type: `pulumi:providers:${name}`, custom: true, id: randomUUID(), inputs, outputs: inputs };
}
