import { requireProperties } from "../../arm/checks";
import { resourceNotFound } from "../../arm/errors";
import { requireParent } from "../../arm/generic";
import type { ResourceId } from "../../arm/ids";
import type { ArmRequest, ResourceHandler } from "../../arm/resourceHandler";
import { objectAt } from "../../common/json";
import type { Json } from "../../common/json";
import { listReply } from "../../lists/list";
import type { ListOptions } from "../../lists/list";
import { ACTIVE_ONLY, byView } from "../../lists/options";
import { systemData } from "../shared/records";
import type { MlServices } from "../shared/services";
import { versionsType } from "./records";
import type { AssetKind } from "./records";
import { assetPathChanged, invalidAssetName } from "./refusals";

const NAME = /^[a-zA-Z0-9][-\w]{0,254}$/;
const CONTAINERS: ListOptions = { filters: { listViewType: byView }, defaults: ACTIVE_ONLY, size: ["count"] };
const DEFAULTS: Json = { description: null, tags: {}, properties: {}, isArchived: false };

/** Assets; `latestVersion` and `nextVersion` are derived from their versions. */
export function assetContainers({ store, clock, url }: MlServices, kind: AssetKind): ResourceHandler {
  const shown = (document: Record<string, unknown>) => {
    const versions = store.list(versionsType(kind), String(document["id"])).map(({ id }) => id.split("/").at(-1) ?? "");
    const numbers = versions.map(Number).filter(Number.isInteger);
    const latest = Math.max(0, ...numbers);
    const computed = {
      latestVersion: latest > 0 ? String(latest) : (versions.at(-1) ?? null),
      nextVersion: String(latest + 1),
    };
    return { ...document, properties: { ...objectAt(document, "properties"), ...computed } };
  };
  return {
    get: ({ id }) => {
      const container = store.get(id.text);
      if (container === undefined) throw resourceNotFound(id);
      return { status: 200, body: shown(container.document) };
    },
    list: (request) => {
      const documents = store.list(kind.container, request.id.text).map(({ document }) => shown(document));
      return listReply(url, request, documents, CONTAINERS);
    },
    put: (request) => {
      const { id, body } = request;
      requireParent(request, (parent) => store.get(parent));
      const name = id.names.at(-1) ?? "";
      if (!NAME.test(name)) throw invalidAssetName(kind.called, name);
      const existing = store.get(id.text);
      const document = {
        id: existing?.id ?? id.text,
        name,
        type: typeOf(id),
        systemData: systemData(clock, existing?.document),
        properties: { ...DEFAULTS, ...objectAt(body, "properties"), provisioningState: "Succeeded" },
      };
      store.put({ id: document.id, type: kind.container, document, hidden: {} });
      return { status: existing === undefined ? 201 : 200, body: shown(document) };
    },
    delete: ({ id }) => ({ status: store.remove(id.text).length > 0 ? 200 : 204 }),
  };
}

/** Versions of assets, whose content never changes. */
export function assetVersions(services: MlServices, kind: AssetKind): ResourceHandler {
  const { store, clock, url } = services;
  const container = assetContainers(services, kind);
  const type = versionsType(kind);
  return {
    get: ({ id }) => {
      const version = store.get(id.text);
      if (version === undefined) throw resourceNotFound(id);
      return { status: 200, body: version.document };
    },
    list: (request) => {
      const documents = store.list(type, request.id.text).map(({ document }) => document);
      return listReply(url, request, documents, kind.versions);
    },
    put: async (request) => {
      const { id, body } = request;
      const version = id.names.at(-1) ?? "";
      kind.checkVersion?.(version);
      const { content } = kind;
      const properties = requireProperties(body, content === undefined ? [] : [content]);
      await requireContainer(container, request, (parent) => store.get(parent));
      const existing = store.get(id.text);
      const before = content === undefined ? undefined : objectAt(existing?.document, "properties")[content];
      if (before !== undefined && content !== undefined && before !== properties[content]) throw assetPathChanged();
      const document = {
        id: existing?.id ?? id.text,
        name: version,
        type: typeOf(id),
        systemData: systemData(clock, existing?.document),
        properties: {
          ...DEFAULTS,
          isAnonymous: false,
          ...kind.defaults,
          ...properties,
          provisioningState: "Succeeded",
        },
      };
      store.put({ id: document.id, type, document, hidden: {} });
      return { status: existing === undefined ? 201 : 200, body: document };
    },
    delete: ({ id }) => ({ status: store.remove(id.text).length > 0 ? 200 : 204 }),
  };
}

/** The SDKs register a version without its container, which the service then creates. */
async function requireContainer(
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

function typeOf({ provider, types }: ResourceId): string {
  return [provider, ...types].join("/");
}
