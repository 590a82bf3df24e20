import type { CheckFailure } from "../providerServer";
import { UNKNOWN, isValues, withoutNulls } from "../values";
import type { Values } from "../values";
import type { ArmClient } from "./armClient";
import { autoName } from "./autoName";
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
  const made = autoName(type, name, seed);
  const known = olds[nameArgument];
  const isRandom = known === undefined ? made.isRandom : olds[OWN_INPUTS.createBeforeDelete] === true;
  return { [nameArgument]: known ?? made.value, ...(isRandom && { [OWN_INPUTS.createBeforeDelete]: true }) };
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
