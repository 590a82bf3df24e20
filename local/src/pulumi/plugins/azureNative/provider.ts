import { diffValues } from "../diff";
import type { Diff, Provider, ResourceState } from "../provider";
import { UNKNOWN, hasUnknown } from "../values";
import type { Values } from "../values";
import { ArmClient, ArmFailure } from "./armClient";
import { BlobResource } from "./blob";
import { check } from "./check";
import { mergeDrift, withoutSubResources, writableInputs } from "./drift";
import { callFunction } from "./functions";
import type { ResourceType } from "./rows/resourceType";
import {
  OWN_INPUTS,
  argumentsOfId,
  isReplacing,
  outputsAsArguments,
  resourceType,
  toOutputs,
} from "./rows/resourceTypes";
import { create, deleteSecret, update } from "./write";

const BLOB = "azure-native:storage:Blob";
const SECRET = "azure-native:keyvault:Secret";

/** Stands in for pulumi-resource-azure-native, with the rules of the real one. */
export function azureNative(arm = new ArmClient()): Provider {
  const blobs = new BlobResource(arm);
  return {
    version: "3.28.0",
    configure: (config) => arm.login.configure(config),
    check: async ({ type, ...request }) => {
      if (type === BLOB) return { inputs: request.news, failures: [] };
      return check(arm, resourceType(type), request);
    },
    diff: ({ type, olds, news, outputs }) => {
      if (type === BLOB) return { changes: blobs.diff(olds, news), deleteBeforeReplace: true };
      return diff(resourceType(type), withApiVersion(olds, outputs), news);
    },
    create: async ({ type, inputs, preview }) => {
      if (preview) return { id: "", outputs: previewOutputs(type, inputs) };
      if (hasUnknown(inputs)) throw new Error("a value is still unknown");
      return type === BLOB ? blobs.upload(inputs) : create(arm, resourceType(type), inputs);
    },
    update: async ({ type, id, inputs, olds, preview }) => {
      if (preview) return { ...olds, ...previewOutputs(type, inputs) };
      const state = type === BLOB ? blobs.upload(inputs) : update(arm, resourceType(type), id, inputs);
      return (await state).outputs;
    },
    read: async ({ type, id, inputs, outputs }) => {
      if (type === BLOB) return (await blobs.exists(inputs)) ? { id, inputs, outputs } : undefined;
      return read(arm, resourceType(type), { id, inputs, outputs });
    },
    delete: async ({ type, id, inputs }) => {
      if (type === BLOB) return blobs.delete(inputs);
      if (type === SECRET) return deleteSecret(arm, inputs);
      const reply = await arm.send("DELETE", id, resourceType(type).apiVersion);
      if (reply.status === 404) return;
      if (reply.status >= 400) throw new ArmFailure(reply);
      await arm.waitForOperation(reply);
    },
    invoke: (token, args) => callFunction(arm, token, args),
  };
}

/** What is replaced is deleted first, unless it has a random name and so can be there beside the other one. */
function diff(type: ResourceType, olds: Values, news: Values): Diff {
  const changes = diffValues(olds, news, (path) => isReplacing(type, path));
  return {
    changes: changes.filter(
      ({ path }) => path !== "location" || normalLocation(olds["location"]) !== normalLocation(news["location"]),
    ),
    deleteBeforeReplace: olds[OWN_INPUTS.createBeforeDelete] !== true,
  };
}

/** `West Europe` and `westeurope` are one location. */
function normalLocation(location: unknown): unknown {
  return typeof location === "string" ? location.toLowerCase().replaceAll(" ", "") : location;
}

/** Older versions did not put the version of the API among the inputs; what was written with it then is no change. */
function withApiVersion(olds: Values, outputs: Values): Values {
  const version = olds[OWN_INPUTS.apiVersion] ?? outputs[OWN_INPUTS.apiVersion];
  return version === undefined ? olds : { ...olds, [OWN_INPUTS.apiVersion]: version };
}

/** What Azure has now; the inputs get what somebody else has changed since, or are all that there is on an import. */
async function read(
  arm: ArmClient,
  type: ResourceType,
  { id, inputs, outputs }: { id: string; inputs: Values; outputs: Values },
): Promise<ResourceState | undefined> {
  const reply = await arm.send("GET", id, type.apiVersion);
  if (reply.status === 404) return undefined;
  if (reply.status >= 400) throw new ArmFailure(reply);
  const fresh = toOutputs(type, reply.body ?? {});
  const [before, after] = [outputs, fresh].map((values) =>
    withoutSubResources(type, inputs, outputsAsArguments(type, values)),
  ) as [Values, Values];
  const imported = Object.keys(inputs).length === 0;
  const next = imported
    ? { ...writableInputs(type, after), ...argumentsOfId(type, id) }
    : mergeDrift(inputs, before, after, type.written);
  return { id, outputs: fresh, inputs: next };
}

/** What a preview can say: the inputs, and the name that Azure will answer with. */
function previewOutputs(type: string, inputs: Values): Values {
  if (type === BLOB) return inputs;
  const name = inputs[resourceType(type).nameArgument];
  return { ...inputs, ...(typeof name === "string" && name !== UNKNOWN && { name }) };
}
