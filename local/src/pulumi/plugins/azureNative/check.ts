import type { CheckFailure } from "../provider";
import { UNKNOWN, isValues, withoutNulls } from "../values";
import type { Values } from "../values";
import type { ArmClient } from "./armClient";
import type { ResourceType } from "./rows/resourceType";
import { OWN_INPUTS, resourceId, resourceType } from "./rows/resourceTypes";

interface CheckRequest {
  readonly name: string;
  readonly olds: Values;
  readonly news: Values;
  readonly seed: Uint8Array;
}

/** The inputs with what the program may leave out: the name, the location, and the version of the API. */
export async function check(
  arm: ArmClient,
  type: ResourceType,
  { name, olds, news, seed }: CheckRequest,
): Promise<{ inputs: Values; failures: readonly CheckFailure[] }> {
  const inputs = withoutNulls(news);
  Object.assign(inputs, defaultName(type, { name, olds, news: inputs, seed }));
  inputs[OWN_INPUTS.apiVersion] ??= type.apiVersion;
  if (type.hasLocation !== true || inputs["location"] !== undefined) return { inputs, failures: [] };
  const location = olds["location"] ?? (await defaultLocation(arm, inputs));
  if (location !== undefined) return { inputs: { ...inputs, location }, failures: [] };
  const reason =
    "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.";
  return { inputs, failures: [{ property: "", reason }] };
}

/** The name of before, else one that is made; a random one allows another resource before the first is deleted. */
function defaultName(type: ResourceType, { name, olds, news, seed }: CheckRequest): Values {
  const { nameArgument } = type;
  if (news[nameArgument] !== undefined) return {};
  const automatic = autoName(type, name, seed);
  const known = olds[nameArgument];
  const isRandom = known === undefined ? automatic.isRandom : olds[OWN_INPUTS.createBeforeDelete] === true;
  return { [nameArgument]: known ?? automatic.value, ...(isRandom && { [OWN_INPUTS.createBeforeDelete]: true }) };
}

/** The provider's location, else that of the resource group. */
async function defaultLocation(arm: ArmClient, inputs: Values): Promise<string | undefined> {
  const { location } = arm.login;
  if (location !== undefined) return location;
  const group = inputs["resourceGroupName"];
  if (typeof group !== "string") return undefined;
  if (group === UNKNOWN) return UNKNOWN;
  const type = resourceType("azure-native:resources:ResourceGroup");
  const { body } = await arm.send("GET", resourceId(type, arm.subscriptionId, inputs), type.apiVersion);
  return isValues(body) && typeof body["location"] === "string" ? body["location"] : undefined;
}

/** A name that the program did not give. */
export interface AutoName {
  readonly value: string;
  /** Whether another resource of the program's name would get another one, so both can be there at once. */
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
  const letters = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return { value: `${letters.slice(0, 16)}${random.slice(0, 8)}`, isRandom: true };
}

function guidOf(hex: string): string {
  const [a, b, c, d, e] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16), hex.slice(17, 20), hex.slice(20, 32)];
  return [a, b, `4${c}`, `8${d}`, e].join("-");
}
