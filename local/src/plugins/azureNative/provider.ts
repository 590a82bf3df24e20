import { diffValues } from "../diff";
import { InitFailed } from "../providerServer";
import type { Provider, ResourceState } from "../providerServer";
import { UNKNOWN, hasUnknown } from "../values";
import type { Values } from "../values";
import { ArmClient, ArmFailure, failureOf } from "./armClient";
import { autoName } from "./autoName";
import { BlobResource } from "./blob";
import { mergeDrift, withoutSubResources, writableInputs } from "./drift";
import { callFunction } from "./functions";
import type { ResourceType } from "./resourceType";
import {
  argumentsOfId,
  isReplacing,
  outputsAsArguments,
  resourceId,
  resourceType,
  toBody,
  toOutputs,
} from "./resourceTypes";
import { deleteSecret } from "./secret";

const BLOB = "azure-native:storage:Blob";
const SECRET = "azure-native:keyvault:Secret";

/** Stands in for pulumi-resource-azure-native where it cannot be downloaded, with the rules of the real one. */
export function azureNative(): Provider {
  const arm = new ArmClient();
  const blobs = new BlobResource(arm);
  return {
    version: "3.28.0",
    configure: (config) => arm.configure(config),
    check: async ({ type, name, olds, news, seed }) => {
      if (type === BLOB) return { inputs: news, failures: [] };
      const definition = resourceType(type);
      const inputs = { ...news };
      inputs[definition.nameArgument] ??= olds[definition.nameArgument] ?? autoName(definition, name, seed);
      if (definition.hasLocation !== true || inputs["location"] !== undefined) return { inputs, failures: [] };
      const location = await defaultLocation(arm, inputs);
      if (location === undefined)
        return {
          inputs,
          failures: [
            { property: "location", reason: "is missing; set it, or azure-native:location in the stack's config" },
          ],
        };
      return { inputs: { ...inputs, location }, failures: [] };
    },
    diff: ({ type, olds, news }) => {
      if (type === BLOB) return blobs.diff(olds, news);
      const definition = resourceType(type);
      return diffValues(olds, news, (path) => isReplacing(definition, path));
    },
    create: async ({ type, inputs, preview }) => {
      if (preview) return { id: "", outputs: previewOutputs(type, inputs) };
      if (hasUnknown(inputs)) throw new Error("a value is still unknown");
      if (type === BLOB) return blobs.upload(inputs);
      const definition = resourceType(type);
      const id = resourceId(definition, arm.subscriptionId, inputs);
      const existing = await arm.send("GET", id, definition.apiVersion);
      if (existing.status === 200) throw new Error(`cannot create already existing resource '${id}'`);
      if (existing.status !== 404) throw failureOf(existing);
      return put(arm, definition, id, inputs);
    },
    update: async ({ type, id, inputs, olds, preview }) => {
      if (preview) return { ...olds, ...previewOutputs(type, inputs) };
      if (type === BLOB) return (await blobs.upload(inputs)).outputs;
      return (await put(arm, resourceType(type), id, inputs)).outputs;
    },
    read: async ({ type, id, inputs, outputs }) => {
      if (type === BLOB) return (await blobs.exists(inputs)) ? { id, inputs, outputs } : undefined;
      const definition = resourceType(type);
      const reply = await arm.send("GET", id, definition.apiVersion);
      if (reply.status === 404) return undefined;
      if (reply.status >= 400) throw failureOf(reply);
      const fresh = toOutputs(definition, reply.body ?? {});
      const [before, after] = [outputs, fresh].map((values) =>
        withoutSubResources(definition, inputs, outputsAsArguments(definition, values)),
      ) as [Values, Values];
      const imported = Object.keys(inputs).length === 0;
      const next = imported
        ? { ...writableInputs(definition, after), ...argumentsOfId(definition, id) }
        : mergeDrift(inputs, before, after, definition.written);
      return { id, outputs: fresh, inputs: next };
    },
    delete: async ({ type, id, inputs }) => {
      if (type === BLOB) return blobs.delete(inputs);
      if (type === SECRET) return deleteSecret(arm, inputs);
      const reply = await arm.send("DELETE", id, resourceType(type).apiVersion);
      if (reply.status === 404) return;
      if (reply.status >= 400) throw failureOf(reply);
      await arm.settle(reply);
    },
    invoke: (token, args) => callFunction(arm, token, args),
  };
}

/** Writes and waits. A resource that exists but failed is kept by the engine, so that the next update can mend it. */
async function put(arm: ArmClient, type: ResourceType, id: string, inputs: Values): Promise<ResourceState> {
  const reply = await arm.must("PUT", id, type.apiVersion, toBody(type, inputs));
  const failure = await arm.settle(reply).catch((error: unknown) => error);
  const { status, body } = await arm.send("GET", id, type.apiVersion);
  const state = { id, inputs, outputs: toOutputs(type, body ?? {}) };
  if (failure === undefined) return state;
  if (status === 200 && failure instanceof ArmFailure) throw new InitFailed(state, [failure.message]);
  throw failure;
}

/** What a preview can say: the inputs, and the name that Azure will answer with. */
function previewOutputs(type: string, inputs: Values): Values {
  if (type === BLOB) return inputs;
  const name = inputs[resourceType(type).nameArgument];
  return { ...inputs, ...(typeof name === "string" && name !== UNKNOWN && { name }) };
}

/** The provider's location, else that of the resource group. */
async function defaultLocation(arm: ArmClient, inputs: Values): Promise<string | undefined> {
  if (arm.location !== undefined) return arm.location;
  const group = inputs["resourceGroupName"];
  if (typeof group !== "string") return undefined;
  if (group === UNKNOWN) return UNKNOWN;
  const type = resourceType("azure-native:resources:ResourceGroup");
  const { body } = await arm.send("GET", resourceId(type, arm.subscriptionId, inputs), type.apiVersion);
  return typeof body?.["location"] === "string" ? body["location"] : undefined;
}
