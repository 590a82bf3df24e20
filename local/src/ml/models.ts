import { objectAt, requireProperties, textAt } from "../arm/body";
import { badRequest } from "../arm/errors";
import { requireParent } from "../arm/generic";
import { resourceNotFound } from "../arm/router";
import type { ArmRequest, ResourceHandler } from "../arm/router";
import type { Services } from "../arm/services";
import { systemData } from "./documents";
import { refusals } from "./refusals";
import { WORKSPACE } from "./workspaces";

export const MODEL = `${WORKSPACE}/models`;
export const MODEL_VERSION = `${MODEL}/versions`;
const MODEL_NAME = /^[a-zA-Z0-9][-\w]{0,254}$/;

/** Models: a name with versions; `latestVersion` and `nextVersion` follow from them. */
export function models({ store, clock }: Services): ResourceHandler {
  const shown = (document: Record<string, unknown>) => {
    const versions = store.list(MODEL_VERSION, String(document["id"])).map(({ id }) => Number(id.split("/").at(-1)));
    const latest = Math.max(0, ...versions);
    const computed = { latestVersion: latest > 0 ? String(latest) : null, nextVersion: String(latest + 1) };
    return { ...document, properties: { ...objectAt(document, "properties"), ...computed } };
  };
  return {
    get: ({ id }) => {
      const model = store.get(id.text);
      if (model === undefined) throw resourceNotFound(id);
      return { status: 200, body: shown(model.document) };
    },
    list: ({ id }) => ({
      status: 200,
      body: { value: store.list(MODEL, id.text).map(({ document }) => shown(document)) },
    }),
    put: (request) => {
      const { id, body } = request;
      requireParent(request, (parent) => store.get(parent));
      if (!MODEL_NAME.test(id.names.at(-1) ?? ""))
        throw badRequest("UserError", `'${id.names.at(-1) ?? ""}' is not a valid model name.`);
      const existing = store.get(id.text);
      const document = {
        id: existing?.id ?? id.text,
        name: id.names.at(-1),
        type: "Microsoft.MachineLearningServices/workspaces/models",
        systemData: systemData(clock, existing?.document),
        properties: {
          description: null,
          tags: {},
          properties: {},
          isArchived: false,
          ...objectAt(body, "properties"),
          provisioningState: "Succeeded",
        },
      };
      store.put({ id: document.id, type: MODEL, document, hidden: {} });
      return { status: existing === undefined ? 201 : 200, body: shown(document) };
    },
    delete: ({ id }) => ({ status: store.remove(id.text).length > 0 ? 200 : 204 }),
  };
}

/** Model versions: whole numbers whose content never changes. */
export function modelVersions(services: Services): ResourceHandler {
  const { store, clock } = services;
  const container = models(services);
  return {
    get: ({ id }) => {
      const version = store.get(id.text);
      if (version === undefined) throw resourceNotFound(id);
      return { status: 200, body: version.document };
    },
    list: ({ id }) => ({
      status: 200,
      body: { value: store.list(MODEL_VERSION, id.text).map(({ document }) => document) },
    }),
    put: async (request) => {
      const { id, body } = request;
      const version = id.names.at(-1) ?? "";
      if (!/^[1-9]\d*$/.test(version)) throw refusals.modelVersion(version);
      const properties = requireProperties(body, ["modelUri"]);
      await requireModel(container, request, store.get.bind(store));
      const existing = store.get(id.text);
      const before = textAt(objectAt(existing?.document, "properties"), "modelUri");
      if (before !== undefined && before !== properties["modelUri"]) throw refusals.assetPath();
      const document = {
        id: existing?.id ?? id.text,
        name: version,
        type: "Microsoft.MachineLearningServices/workspaces/models/versions",
        systemData: systemData(clock, existing?.document),
        properties: {
          description: null,
          tags: {},
          properties: {},
          isArchived: false,
          isAnonymous: false,
          flavors: {},
          jobName: null,
          modelType: "custom_model",
          ...properties,
          provisioningState: "Succeeded",
        },
      };
      store.put({ id: document.id, type: MODEL_VERSION, document, hidden: {} });
      return { status: existing === undefined ? 201 : 200, body: document };
    },
    delete: ({ id }) => ({ status: store.remove(id.text).length > 0 ? 200 : 204 }),
  };
}

/** The SDKs register a version without its model; the service makes the model then. */
async function requireModel(
  container: ResourceHandler,
  request: ArmRequest,
  get: (id: string) => unknown,
): Promise<void> {
  const { id } = request;
  const parent = {
    ...id,
    types: id.types.slice(0, -1),
    names: id.names.slice(0, -1),
    text: id.text.split("/").slice(0, -2).join("/"),
  };
  if (get(parent.text) === undefined) await container.put?.({ ...request, id: parent, body: { properties: {} } });
}
