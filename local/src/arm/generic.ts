import { ArmError, badRequest } from "./errors";
import { isObject, objectAt } from "./body";
import { resourceNotFound } from "./router";
import type { ArmRequest, ResourceHandler } from "./router";
import type { Services } from "./services";

export interface GenericRules {
  /** Names that the service accepts. */
  readonly name?: RegExp;
  readonly requires?: (body: Record<string, unknown>) => readonly string[];
  /** Read-only properties that the service adds; `provisioningState: undefined` for a type without one. */
  readonly adds?: (request: ArmRequest) => Record<string, unknown>;
  readonly created?: (request: ArmRequest, id: string) => void;
  readonly removed?: (request: ArmRequest, id: string) => void;
  /** What the service answers when it creates one. @default 201 */
  readonly createdStatus?: 200 | 201;
}

/** A type that keeps what it is given, as most of Azure does: checked, stored, answered. */
export function genericResource(services: Pick<Services, "store">, rules: GenericRules = {}): ResourceHandler {
  const { store } = services;
  const find = ({ id }: ArmRequest) => {
    const resource = store.get(id.text);
    if (resource === undefined) throw resourceNotFound(id);
    return resource;
  };
  return {
    get: (request) => ({ status: 200, body: find(request).document }),
    head: ({ id }) => ({ status: store.get(id.text) === undefined ? 404 : 204 }),
    list: ({ id }) => {
      const type = `${id.fullType}/${id.tail?.toLowerCase() ?? ""}`;
      return { status: 200, body: { value: store.list(type, id.text).map((resource) => resource.document) } };
    },
    put: (request) => {
      const { id } = request;
      const body = isObject(request.body) ? request.body : {};
      checkName(request, rules);
      requireParent(request, store.get.bind(store));
      const missing = rules.requires?.(body) ?? [];
      if (missing.length > 0)
        throw badRequest("InvalidRequestContent", `Required properties are missing: ${missing.join(", ")}.`);
      const existing = store.get(id.text);
      const document = {
        ...body,
        id: existing?.id ?? id.text,
        name: id.names.at(-1),
        type: [id.provider, ...id.types].join("/"),
        properties: { ...objectAt(body, "properties"), provisioningState: "Succeeded", ...rules.adds?.(request) },
      };
      store.put({ id: document.id, type: id.fullType, document, hidden: existing?.hidden ?? {} });
      if (existing === undefined) rules.created?.(request, document.id);
      const status = existing === undefined ? (rules.createdStatus ?? 201) : 200;
      return { status, body: store.get(document.id)?.document };
    },
    patch: (request) => {
      const resource = find(request);
      const body = isObject(request.body) ? request.body : {};
      const properties = { ...objectAt(resource.document, "properties"), ...objectAt(body, "properties") };
      resource.document = { ...resource.document, ...body, properties };
      store.touch();
      return { status: 200, body: resource.document };
    },
    delete: (request) => {
      const existing = store.get(request.id.text);
      if (existing === undefined) return { status: 204 };
      store.remove(existing.id);
      rules.removed?.(request, existing.id);
      return { status: 200 };
    },
  };
}

function checkName({ id }: ArmRequest, { name: rule }: GenericRules): void {
  const name = id.names.at(-1) ?? "";
  if (rule === undefined || rule.test(name)) return;
  throw badRequest("InvalidResourceName", `'${name}' is not a valid name for ${[id.provider, ...id.types].join("/")}.`);
}

/** A nested resource needs the one above it. */
export function requireParent({ id }: ArmRequest, get: (id: string) => unknown): void {
  if (id.names.length < 2) return;
  // The blob service of a storage account is always there and is not kept.
  const parent = id.text
    .split("/")
    .slice(0, -2)
    .join("/")
    .replace(/\/blobServices\/default$/i, "");
  if (get(parent) !== undefined) return;
  const name = [id.provider, ...id.types.slice(0, -1).flatMap((type, index) => [type, id.names[index] ?? ""])].join(
    "/",
  );
  throw new ArmError(404, {
    code: "ParentResourceNotFound",
    message: `Can not perform requested operation on nested resource. Parent resource '${name}' not found.`,
  });
}
