/** A parsed ARM id. Azure compares ids ignoring case; the text keeps its case. */
export interface ResourceId {
  /** Empty above subscriptions. */
  readonly subscriptionId: string;
  readonly resourceGroup: string | undefined;
  /** Id of its scope: a group, a subscription, or the resource that an extension belongs to. */
  readonly scope: string;
  /** Such as `Microsoft.MachineLearningServices`; undefined for subscriptions and resource groups. */
  readonly provider: string | undefined;
  /** Types and names below the provider, in pairs. */
  readonly types: readonly string[];
  readonly names: readonly string[];
  /** `microsoft.machinelearningservices/workspaces/onlineendpoints`, lower case; `subscriptions` and `resourcegroups` too. */
  readonly fullType: string;
  /** The segment that follows the last name: an action, or the type of a collection. */
  readonly tail: string | undefined;
  /** The id without the tail; for a top-level collection that of its scope. */
  readonly text: string;
}

/** Prefixes of Azure Resource Manager's paths. */
const ROOTS = new Set(["subscriptions", "providers", "tenants"]);

/**
 * Parses a path, or returns undefined when it is not one of Azure Resource Manager's. A second `providers` starts an
 * extension of what comes before it.
 */
export function parseId(path: string): ResourceId | undefined {
  const segments = path
    .split("/")
    .filter((part) => part !== "")
    .map(decode);
  if (!ROOTS.has(segments[0]?.toLowerCase() ?? "")) return undefined;
  const root = takeRoot(segments);
  let part = takePart(root.rest, root.resourceGroup === undefined ? undefined : "Microsoft.Resources");
  let scope = root.text;
  while (part.next !== undefined) {
    scope = textOf(scope, part);
    part = takePart(part.next, undefined);
  }
  const { provider, types, names, tail } = part;
  const isRoot = provider === undefined && types.length === 0;
  return {
    subscriptionId: root.subscriptionId,
    resourceGroup: root.resourceGroup,
    scope,
    ...{ provider, types, names, tail },
    fullType: (isRoot ? root.type : typeName(part)).toLowerCase(),
    text: types.length === 0 ? scope : textOf(scope, part),
  };
}

/** The parent id of a nested resource; undefined for a top-level one. */
export function parentOf({ text, names }: ResourceId): string | undefined {
  return names.length < 2 ? undefined : text.split("/").slice(0, -2).join("/");
}

/** The id of the resource group that it is in. */
export function groupOf({ subscriptionId, resourceGroup }: ResourceId): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup ?? ""}`;
}

/** The part of an id after a type segment, ignoring case. */
export function segmentAfter(id: string, type: string): string | undefined {
  const parts = id.split("/");
  const at = parts.findIndex((part) => part.toLowerCase() === type.toLowerCase());
  return at < 0 ? undefined : parts[at + 1];
}

interface Root {
  readonly type: string;
  readonly text: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string | undefined;
  readonly rest: readonly string[];
}

function takeRoot([first = "", subscriptionId, ...rest]: readonly string[]): Root {
  if (first.toLowerCase() !== "subscriptions" || subscriptionId === undefined) {
    const whole = [first, subscriptionId, ...rest].filter((part) => part !== undefined);
    return { type: "", text: "", subscriptionId: "", resourceGroup: undefined, rest: whole };
  }
  const subscription = `/subscriptions/${subscriptionId}`;
  const [second, group, ...below] = rest;
  if (second?.toLowerCase() !== "resourcegroups" || group === undefined) {
    return { type: "subscriptions", text: subscription, subscriptionId, resourceGroup: undefined, rest };
  }
  const text = `${subscription}/resourceGroups/${group}`;
  return { type: "resourcegroups", text, subscriptionId, resourceGroup: group, rest: below };
}

interface Part {
  readonly provider: string | undefined;
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly tail: string | undefined;
  /** The rest, if it is an extension. */
  readonly next: readonly string[] | undefined;
}

/** @param implied the provider of pairs that name none, such as `deployments/d` right below a resource group */
function takePart(segments: readonly string[], implied: string | undefined): Part {
  const named = isProviders(segments);
  const pairs = named ? segments.slice(2) : segments;
  const types: string[] = [];
  const names: string[] = [];
  let at = 0;
  for (; at + 1 < pairs.length && !isProviders(pairs.slice(at)); at += 2) {
    types.push(pairs[at] ?? "");
    names.push(pairs[at + 1] ?? "");
  }
  const left = pairs.slice(at);
  const provider = named ? segments[1] : types.length > 0 ? implied : undefined;
  const next = isProviders(left) ? left : undefined;
  return { provider, types, names, tail: next === undefined ? left[0] : undefined, next };
}

function isProviders([first, namespace]: readonly string[]): boolean {
  return first?.toLowerCase() === "providers" && namespace !== undefined;
}

function typeName({ provider, types }: Part): string {
  return [provider, ...types].filter((part) => part !== undefined).join("/");
}

function textOf(scope: string, { provider, types, names }: Part): string {
  const pairs = types.flatMap((type, index) => [type, names[index] ?? ""]);
  return [scope, ...(provider === undefined ? [] : ["providers", provider]), ...pairs].join("/");
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
