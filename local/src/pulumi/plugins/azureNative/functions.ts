import { withoutNulls } from "../values";
import type { Values } from "../values";
import { ArmFailure } from "./armClient";
import type { ArmClient } from "./armClient";
import type { ResourceType } from "./rows/resourceType";
import { TYPES, resourceId, resourceType, toOutputs } from "./rows/resourceTypes";

/** Functions that are an action on a resource: its type, the action, and the arguments that are its body. */
const ACTIONS: Readonly<Record<string, readonly [type: string, action: string, body: readonly string[]]>> = {
  "machinelearningservices:listOnlineEndpointKeys": ["machinelearningservices:OnlineEndpoint", "listKeys", []],
  "machinelearningservices:getOnlineEndpointToken": ["machinelearningservices:OnlineEndpoint", "token", []],
  "machinelearningservices:getOnlineDeploymentLogs": [
    "machinelearningservices:OnlineDeployment",
    "getLogs",
    ["containerType", "tail"],
  ],
  "machinelearningservices:listDatastoreSecrets": ["machinelearningservices:Datastore", "listSecrets", []],
  "containerregistry:listRegistryCredentials": ["containerregistry:Registry", "listCredentials", []],
  "operationalinsights:getSharedKeys": ["operationalinsights:Workspace", "sharedKeys", []],
  "storage:listStorageAccountKeys": ["storage:StorageAccount", "listKeys", []],
};

/** The type that a function such as `keyvault:getVault` reads one resource of. */
function typeRead(name: string): ResourceType | undefined {
  const [module, type] = name.split(":get");
  return type === undefined ? undefined : TYPES[`${module ?? ""}:${type}`];
}

export async function callFunction(arm: ArmClient, token: string, args: Values): Promise<Values> {
  const name = token.split(":").slice(1).join(":");
  if (name === "authorization:getClientConfig") return arm.login.clientConfig();
  if (name === "authorization:getClientToken") return { token: await arm.login.clientToken(args["endpoint"]) };
  const read = typeRead(name);
  if (read !== undefined) {
    return toOutputs(read, await ask(arm, "GET", resourceId(read, arm.subscriptionId, args), read.apiVersion));
  }
  const action = ACTIONS[name];
  if (action === undefined) throw new Error(`${token} has no stand-in; install the azure-native plugin`);
  const [typeName, verb, keys] = action;
  const type = resourceType(`azure-native:${typeName}`);
  const body = Object.fromEntries(keys.flatMap((key) => (args[key] === undefined ? [] : [[key, args[key]]])));
  const id = `${resourceId(type, arm.subscriptionId, args)}/${verb}`;
  return withoutNulls(await ask(arm, "POST", id, type.apiVersion, body));
}

async function ask(arm: ArmClient, method: string, id: string, apiVersion: string, body?: Values): Promise<Values> {
  const reply = await arm.send(method, id, apiVersion, body);
  if (reply.status >= 400) throw new Error(`request failed ${id}: ${new ArmFailure(reply).message}`);
  return reply.body ?? {};
}
