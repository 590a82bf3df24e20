import type { ResourceType } from "./rows/resourceType";

/** A name that the program did not give. */
export interface AutoName {
  readonly value: string;
  /** Whether another resource of the program's name would get another one, so that both can be there at once. */
  readonly isRandom: boolean;
}

/**
 * The name of a resource that the program gives none: a GUID for role assignments, the name in the program for what is
 * nested in another resource, and that name with eight random characters for everything else (`AutoName` of the provider).
 */
export function autoName({ path, nameArgument, plainName }: ResourceType, name: string, seed: Uint8Array): AutoName {
  const random = Buffer.from(seed).toString("hex");
  if (nameArgument === "roleAssignmentName") return { value: guidOf(random), isRandom: true };
  const below = path.toLowerCase().split("microsoft.").at(-1) ?? "";
  const isNested = below.split("{").length > 2;
  if (isNested && nameArgument !== "endpointName") return { value: name, isRandom: false };
  if (plainName !== true) return { value: `${name}${random.slice(0, 8)}`, isRandom: true };
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return { value: `${plain.slice(0, 16)}${random.slice(0, 8)}`, isRandom: true };
}

function guidOf(hex: string): string {
  const [a, b, c, d, e] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16), hex.slice(17, 20), hex.slice(20, 32)];
  return [a, b, `4${c}`, `8${d}`, e].join("-");
}
