/** An ARM id, taken apart. Azure compares ids without case; the text keeps the case it was given in. */
export interface ResourceId {
  readonly subscriptionId: string;
  readonly resourceGroup: string | undefined;
  /** Such as `Microsoft.MachineLearningServices`; undefined for subscriptions and resource groups. */
  readonly provider: string | undefined;
  /** Types and names below the provider, in pairs. */
  readonly types: readonly string[];
  readonly names: readonly string[];
  /** `microsoft.machinelearningservices/workspaces/onlineendpoints`, lower case. */
  readonly fullType: string;
  /** Segments that follow the last name: an action, or the type of a collection. */
  readonly tail: string | undefined;
  /** The id without the tail, as it was given. */
  readonly text: string;
}

/** Takes a path below `/subscriptions` apart, or undefined when it is no ARM path. */
export function parseId(path: string): ResourceId | undefined {
  const parts = path.split("/").filter((part) => part !== "");
  const [root, subscriptionId, ...rest] = parts.map((part) => decode(part));
  if (root?.toLowerCase() !== "subscriptions" || subscriptionId === undefined) return undefined;
  const inGroup = rest[0]?.toLowerCase() === "resourcegroups";
  const resourceGroup = inGroup ? rest[1] : undefined;
  const below = inGroup ? rest.slice(2) : rest;
  const isProvider = below[0]?.toLowerCase() === "providers";
  const provider = isProvider ? below[1] : undefined;
  const pairs = isProvider ? below.slice(2) : below;
  const types = pairs.filter((_, index) => index % 2 === 0);
  const names = pairs.filter((_, index) => index % 2 === 1);
  const tail = types.length > names.length ? types.at(-1) : inGroup && resourceGroup === undefined ? rest[0] : undefined;
  const ownTypes = types.slice(0, names.length);
  return {
    subscriptionId,
    resourceGroup,
    provider,
    types: ownTypes,
    names,
    fullType: [provider, ...ownTypes].filter((part) => part !== undefined).join("/").toLowerCase(),
    tail,
    text: `/${(tail === undefined ? parts : parts.slice(0, -1)).join("/")}`,
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
