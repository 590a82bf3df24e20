/** An ARM id, taken apart. Azure compares ids without case; the text keeps the case it was given in. */
export interface ResourceId {
  readonly subscriptionId: string;
  readonly resourceGroup: string | undefined;
  /** Such as `Microsoft.MachineLearningServices`; undefined for subscriptions and resource groups. */
  readonly provider: string | undefined;
  /** Types and names below the provider, in pairs. */
  readonly types: readonly string[];
  readonly names: readonly string[];
  /** `microsoft.machinelearningservices/workspaces/onlineendpoints`, lower case; `subscriptions` and `resourcegroups` too. */
  readonly fullType: string;
  /** Segments that follow the last name: an action, or the type of a collection. */
  readonly tail: string | undefined;
  /** The id without the tail; for a top-level collection that of the group or subscription. */
  readonly text: string;
}

/** Takes a path below `/subscriptions` apart, or undefined when it is no ARM path. */
export function parseId(path: string): ResourceId | undefined {
  const [root, subscriptionId, ...rest] = path
    .split("/")
    .filter((part) => part !== "")
    .map(decode);
  if (root?.toLowerCase() !== "subscriptions" || subscriptionId === undefined) return undefined;
  const inGroup = rest[0]?.toLowerCase() === "resourcegroups" && rest[1] !== undefined;
  const resourceGroup = inGroup ? rest[1] : undefined;
  const below = inGroup ? rest.slice(2) : rest;
  const provider = below[0]?.toLowerCase() === "providers" ? below[1] : undefined;
  const pairs = provider === undefined ? below : below.slice(2);
  const names = pairs.filter((_, index) => index % 2 === 1);
  const segments = pairs.filter((_, index) => index % 2 === 0);
  const types = segments.slice(0, names.length);
  const scope = inGroup ? "resourcegroups" : "subscriptions";
  const isScope = provider === undefined && types.length === 0;
  const group = inGroup ? `/resourceGroups/${rest[1] ?? ""}` : "";
  const own = types.flatMap((type, index) => [type, names[index] ?? ""]);
  return {
    subscriptionId,
    resourceGroup,
    provider,
    types,
    names,
    fullType: (isScope ? scope : [provider, ...types].filter((part) => part !== undefined).join("/")).toLowerCase(),
    tail: segments.at(names.length),
    text: [
      `/subscriptions/${subscriptionId}${group}`,
      ...(own.length > 0 && provider !== undefined ? ["providers", provider] : []),
      ...own,
    ].join("/"),
  };
}

/** The part of an id after a type segment, whatever its case. */
export function nameAfter(id: string, type: string): string | undefined {
  const parts = id.split("/");
  const at = parts.findIndex((part) => part.toLowerCase() === type.toLowerCase());
  return at < 0 ? undefined : parts[at + 1];
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
