import type { Values } from "../values";
import type { ArmClient } from "./armClient";
import { resourceId, resourceType, toOutputs } from "./resourceTypes";

/** Functions that read one resource: the name of the function and the type that it reads. */
const GETTERS: Readonly<Record<string, string>> = {
  "machinelearningservices:getOnlineEndpoint": "machinelearningservices:OnlineEndpoint",
  "machinelearningservices:getOnlineDeployment": "machinelearningservices:OnlineDeployment",
  "machinelearningservices:getWorkspace": "machinelearningservices:Workspace",
  "machinelearningservices:getDatastore": "machinelearningservices:Datastore",
  "machinelearningservices:getModelVersion": "machinelearningservices:ModelVersion",
  "resources:getResourceGroup": "resources:ResourceGroup",
  "storage:getStorageAccount": "storage:StorageAccount",
};

/** Functions that are an action on a resource: its type, the action, and the arguments that are its body. */
const ACTIONS: Readonly<Record<string, readonly [type: string, action: string, body: readonly string[]]>> = {
  "machinelearningservices:listOnlineEndpointKeys": ["machinelearningservices:OnlineEndpoint", "listKeys", []],
  "machinelearningservices:getOnlineEndpointToken": ["machinelearningservices:OnlineEndpoint", "token", []],
  "machinelearningservices:getOnlineDeploymentLogs": [
    "machinelearningservices:OnlineDeployment",
    "getLogs",
    ["containerType", "tail"],
  ],
  "storage:listStorageAccountKeys": ["storage:StorageAccount", "listKeys", []],
};

export async function callFunction(arm: ArmClient, token: string, args: Values): Promise<Values> {
  const name = token.split(":").slice(1).join(":");
  if (name === "authorization:getClientConfig") return arm.clientConfig();
  const getter = GETTERS[name];
  if (getter !== undefined) {
    const type = resourceType(`azure-native:${getter}`);
    const { body } = await arm.must("GET", resourceId(type, arm.subscriptionId, args), type.apiVersion);
    return toOutputs(type, body ?? {});
  }
  const action = ACTIONS[name];
  if (action === undefined) throw new Error(`${token} has no stand-in; install the azure-native plugin`);
  const [typeName, verb, keys] = action;
  const type = resourceType(`azure-native:${typeName}`);
  const body = Object.fromEntries(keys.flatMap((key) => (args[key] === undefined ? [] : [[key, args[key]]])));
  const reply = await arm.must("POST", `${resourceId(type, arm.subscriptionId, args)}/${verb}`, type.apiVersion, body);
  return reply.body ?? {};
}
