import { InitFailed } from "../provider";
import type { ResourceState } from "../provider";
import { isValues } from "../values";
import type { Values } from "../values";
import { ArmFailure } from "./armClient";
import type { ArmClient, ArmReply } from "./armClient";
import { requireLoopback } from "./loopback";
import type { ResourceType } from "./rows/resourceType";
import { resourceId, resourceType, toBody, toOutputs, unnamedSubResources } from "./rows/resourceTypes";

/** Creates what is not there yet. Lists of resources of their own that the program does not name begin empty. */
export async function create(arm: ArmClient, type: ResourceType, inputs: Values): Promise<ResourceState> {
  const id = resourceId(type, arm.subscriptionId, inputs);
  const existing = await arm.send("GET", id, type.apiVersion);
  if (existing.status === 200) throw new Error(`cannot create already existing resource '${id}'`);
  if (existing.status !== 404)
    throw new Error(`cannot check existence of resource '${id}': status code ${existing.status}, ${existing.text}`);
  const unnamed = Object.fromEntries(unnamedSubResources(type, inputs).map((key) => [key, []]));
  return put(arm, type, id, inputs, unnamed);
}

/** Writes over what is there. Lists of resources of their own that the program does not name stay as they are. */
export async function update(arm: ArmClient, type: ResourceType, id: string, inputs: Values): Promise<ResourceState> {
  const names = unnamedSubResources(type, inputs);
  const body = names.length === 0 ? undefined : (await arm.sendOrThrow("GET", id, type.apiVersion)).body;
  const now = isValues(body?.["properties"]) ? body["properties"] : {};
  const kept = Object.fromEntries(names.filter((key) => key in now).map((key) => [key, now[key]]));
  return put(arm, type, id, inputs, kept);
}

async function put(
  arm: ArmClient,
  type: ResourceType,
  id: string,
  inputs: Values,
  subResources: Values,
): Promise<ResourceState> {
  const body = toBody(type, inputs);
  const properties = isValues(body["properties"]) ? body["properties"] : {};
  const whole =
    Object.keys(subResources).length === 0 ? body : { ...body, properties: { ...properties, ...subResources } };
  const reply = await arm.sendOrThrow("PUT", id, type.apiVersion, whole);
  const written = await ended(arm, type, id, reply).catch((error: unknown) => fail(arm, type, { id, inputs }, error));
  // What cannot be read now is what the write answered.
  const read = await arm.send("GET", id, type.apiVersion);
  return { id, inputs, outputs: toOutputs(type, (read.status === 200 ? read.body : written.body) ?? {}) };
}

/** The resource at the end of the write: of a long one it is read once more, and has to be there. */
async function ended(arm: ArmClient, { apiVersion }: ResourceType, id: string, reply: ArmReply): Promise<ArmReply> {
  if (!(await arm.waitForOperation(reply))) return reply;
  return arm.sendOrThrow("GET", id, apiVersion);
}

/**
 * A long write that failed. What Azure has then is kept by the engine, so the next update can mend it; what Azure does
 * not have is not (the rule of newer versions, pulumi/pulumi-azure-native#2816; older ones kept it too).
 */
async function fail(
  arm: ArmClient,
  type: ResourceType,
  { id, inputs }: { readonly id: string; readonly inputs: Values },
  error: unknown,
): Promise<never> {
  const read = await arm.send("GET", id, type.apiVersion).catch((broken: unknown) => broken as Error);
  if (read instanceof Error) throw new InitFailed({ id, inputs, outputs: {} }, [unread(read, error)]);
  if (read.status === 404) throw error;
  if (read.status !== 200) throw new InitFailed({ id, inputs, outputs: {} }, [unread(new ArmFailure(read), error)]);
  throw new InitFailed({ id, inputs, outputs: toOutputs(type, read.body ?? {}) }, [messageOf(error)]);
}

function unread(read: Error, error: unknown): string {
  return `resource created but read failed ${read.message}: ${messageOf(error)}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const VAULT_SCOPE = "https://vault.azure.net/.default";
const VAULT_VERSION = "7.4";

/** Azure Resource Manager deletes no secrets: that is done at the address of their vault, as the provider does it. */
export async function deleteSecret(arm: ArmClient, inputs: Values): Promise<void> {
  const vault = resourceType("azure-native:keyvault:Vault");
  const { status, body } = await arm.send("GET", resourceId(vault, arm.subscriptionId, inputs), vault.apiVersion);
  if (status === 404) return;
  const properties = isValues(body?.["properties"]) ? body["properties"] : {};
  const url = `${String(properties["vaultUri"])}secrets/${String(inputs["secretName"])}`;
  requireLoopback(url);
  const reply = await arm.send("DELETE", `${url}?api-version=${VAULT_VERSION}`, "", undefined, VAULT_SCOPE);
  if (reply.status >= 400 && reply.status !== 404) throw new ArmFailure(reply);
}
