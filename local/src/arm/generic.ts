import { isObject, objectAt } from "../common/json";
import type { Json } from "../common/json";
import type { Reply } from "../http/exchange";
import { findProblems } from "./checks";
import type { Check } from "./checks";
import { ArmError, badRequest, conflict, resourceNotFound } from "./errors";
import { managedIdentity } from "./identities";
import { parentOf } from "./ids";
import type { ResourceId } from "./ids";
import { normalLocation, requireLocation } from "./locations";
import { isNameTaken } from "./names";
import type { ArmRequest, ResourceHandler } from "./resourceHandler";
import type { ArmServices } from "./services";
import type { Resource } from "./store";

/** The checks of a type, and what the service adds to its resources. */
export interface ResourceRules {
  /** The accepted names and their description. */
  readonly name?: readonly [pattern: RegExp, allowed: string];
  /** Where it is: in a region, global, or nowhere as most nested resources. @default "nowhere" */
  readonly location?: "regional" | "global" | "nowhere";
  /** Members by path, such as `properties.sku.name`. */
  readonly checks?: Readonly<Record<string, Check>>;
  /** The refusal of a taken name, where names are unique in all of Azure. */
  readonly taken?: (name: string) => ArmError;
  /** Refuses what checks of single members cannot. */
  readonly refuse?: (request: ArmRequest, body: Json, existing: Resource | undefined) => void;
  /** Default properties. */
  readonly defaults?: Json;
  /** Read-only properties that are created once, such as the principal of an identity. */
  readonly generates?: (request: ArmRequest) => Json;
  /** Read-only properties derived from the others; `provisioningState: undefined` for a type without one. */
  readonly adds?: (request: ArmRequest, properties: Json) => Json;
  /** Properties that are stored but never returned. */
  readonly secrets?: readonly string[];
  /** Runs after an accepted write. */
  readonly written?: (resource: Resource, existing: Resource | undefined) => void;
  readonly removing?: (resource: Resource) => void;
  readonly removed?: (resource: Resource) => void;
  /** The status of a create. @default 201 */
  readonly createdStatus?: 200 | 201;
}

/** Added to types whose resources do not report a provisioning state. */
export const withoutProvisioningState = (): Json => ({ provisioningState: undefined });

/** Members besides the properties that a resource keeps. */
const ENVELOPE = ["tags", "sku", "kind", "zones", "plan", "managedBy", "extendedLocation"] as const;

type GenericServices = Pick<ArmServices, "store" | "tenancy">;

/** A type that stores what it is given, as most of Azure does: checked, stored, returned. A PUT replaces everything. */
export function genericResource(services: GenericServices, rules: ResourceRules = {}): ResourceHandler {
  const { store } = services;
  const find = ({ id }: ArmRequest): Resource => {
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
    put: (request) => put(services, rules, request, isObject(request.body) ? request.body : {}),
    patch: (request) => {
      const { document } = find(request);
      const given = isObject(request.body) ? request.body : {};
      const properties = { ...objectAt(document, "properties"), ...objectAt(given, "properties") };
      const { identity } = given;
      const reply = put(services, rules, request, { ...document, ...given, identity, properties });
      return { ...reply, status: 200 };
    },
    delete: (request) => {
      const existing = store.get(request.id.text);
      if (existing === undefined) return { status: 204 };
      rules.removing?.(existing);
      store.remove(existing.id);
      rules.removed?.(existing);
      return { status: 200 };
    },
  };
}

function put(services: GenericServices, rules: ResourceRules, request: ArmRequest, body: Json): Reply {
  const { store } = services;
  const { id } = request;
  const existing = store.get(id.text);
  checkName(id, rules);
  requireParent(request, (parent) => store.get(parent));
  const location = locationOf(rules, body, existing, id);
  const problems = findProblems(body, rules.checks ?? {}, (other) => store.get(other));
  // assumed: each provider has its own words
  if (problems.length > 0) throw badRequest("InvalidRequestContent", `The request is invalid: ${problems.join("; ")}.`);
  if (existing === undefined) checkTaken(services, rules, id);
  rules.refuse?.(request, body, existing);
  const identity = managedIdentity(services, body["identity"], existing?.document["identity"]);
  const given = objectAt(body, "properties");
  const generated = existing?.hidden["generated"] ?? rules.generates?.(request) ?? {};
  const properties = { ...rules.defaults, ...given, ...(generated as Json), provisioningState: "Succeeded" };
  const secrets = new Set(rules.secrets);
  const document: Json = {
    id: id.text,
    name: id.names.at(-1),
    type: [id.provider, ...id.types].join("/"),
    ...location,
    ...Object.fromEntries(ENVELOPE.filter((key) => isGiven(body[key])).map((key) => [key, body[key]])),
    ...(identity && { identity }),
    properties: without({ ...properties, ...rules.adds?.(request, properties) }, secrets),
  };
  const kept = Object.entries(given).filter(([key]) => secrets.has(key));
  const hidden = { ...existing?.hidden, generated, ...Object.fromEntries(kept) };
  const resource: Resource = { id: id.text, type: id.fullType, document, hidden };
  store.put(resource);
  rules.written?.(resource, existing);
  return { status: existing === undefined ? (rules.createdStatus ?? 201) : 200, body: resource.document };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function without(properties: Json, keys: ReadonlySet<string>): Json {
  return Object.fromEntries(Object.entries(properties).filter(([key, value]) => !keys.has(key) && value !== undefined));
}

function checkName(id: ResourceId, { name: rule }: ResourceRules): void {
  const name = id.names.at(-1) ?? "";
  if (rule === undefined || rule[0].test(name)) return;
  const type = [id.provider, ...id.types].join("/");
  throw badRequest("InvalidResourceName", `'${name}' is not a valid name for ${type}: ${rule[1]}.`);
}

function checkTaken({ store }: GenericServices, { taken }: ResourceRules, { names, fullType }: ResourceId): void {
  const name = names.at(-1) ?? "";
  if (taken !== undefined && isNameTaken(store.all(), fullType, name)) throw taken(name);
}

/** The location as a member; a resource cannot move. */
function locationOf(rules: ResourceRules, body: Json, existing: Resource | undefined, id: ResourceId): Json {
  const where = rules.location ?? "nowhere";
  if (where === "nowhere") return {};
  const location = requireLocation(body);
  if (where === "global" && location !== "global") {
    throw badRequest(
      "LocationNotAvailableForResourceType",
      `The provided location '${location}' is not available for resource type '${[id.provider, ...id.types].join("/")}'. List of available regions for the resource type is 'global'.`,
    );
  }
  const before = existing?.document["location"];
  if (typeof before === "string" && normalLocation(before) !== location) {
    // MicrosoftDocs/azure-docs#70422
    throw conflict(
      "InvalidResourceLocation",
      `The resource '${id.names.at(-1) ?? ""}' already exists in location '${before}' in resource group '${id.resourceGroup ?? ""}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
    );
  }
  return { location };
}

/** A nested resource needs the one above it. */
export function requireParent({ id }: ArmRequest, get: (id: string) => unknown): void {
  const parent = parentOf(id);
  if (parent === undefined || get(parent) !== undefined) return;
  const pairs = id.types.slice(0, -1).flatMap((type, index) => [type, id.names[index] ?? ""]);
  throw new ArmError(404, {
    code: "ParentResourceNotFound",
    message: `Can not perform requested operation on nested resource. Parent resource '${[id.provider, ...pairs].join("/")}' not found.`,
  });
}
