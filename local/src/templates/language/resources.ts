import { isObject } from "../../common/json";
import type { Json } from "../../common/json";
import { evaluate, invalidTemplate } from "./evaluate";
import type { Functions } from "./evaluate";
import type { DeploymentScope } from "./functions";

export interface TemplateResource {
  /** In the scope of the deployment. */
  readonly id: string;
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  /** The body of the PUT. */
  readonly body: Json;
}

interface Declared extends TemplateResource {
  readonly dependsOn: readonly string[];
}

/** "Template limits" */
const MAX_RESOURCES = 800;
const ENVELOPE = new Set(["type", "apiVersion", "name", "dependsOn", "resources", "comments", "metadata"]);
const UNSERVED = ["condition", "copy", "scope", "existing", "import"];

/** The resources of a template, nested ones too, each after those that it depends on. */
export function readResources(
  given: readonly unknown[],
  functions: Functions,
  scope: DeploymentScope,
): readonly TemplateResource[] {
  const resources = given.flatMap((resource) => read(evaluate(resource, functions), undefined, scope));
  if (resources.length > MAX_RESOURCES)
    throw invalidTemplate(`the template has ${resources.length} resources; the limit is ${MAX_RESOURCES}`);
  const twin = resources.find(({ id }, index) => resources.findIndex((other) => isSame(other.id, id)) !== index);
  if (twin !== undefined) {
    throw invalidTemplate(
      `the resource '${twin.type}/${twin.name}' is defined multiple times in a template. Please see https://aka.ms/arm-syntax-resources for usage details`,
    );
  }
  return inOrder(resources);
}

function read(resource: unknown, parent: Declared | undefined, scope: DeploymentScope): readonly Declared[] {
  const { type, apiVersion, name, dependsOn, resources } = isObject(resource) ? resource : {};
  if (typeof type !== "string" || typeof apiVersion !== "string" || typeof name !== "string") {
    throw invalidTemplate("a resource of the template needs type, apiVersion and name");
  }
  for (const key of UNSERVED) {
    if (isObject(resource) && resource[key] !== undefined)
      throw invalidTemplate(`'${key}' of a resource is not served by the local Azure ML`);
  }
  if (dependsOn !== undefined && !isTextList(dependsOn))
    throw invalidTemplate(`dependsOn of the resource '${name}' must be a list of text`);
  const fullType = parent === undefined ? type : `${parent.type}/${type}`;
  const fullName = parent === undefined ? name : `${parent.name}/${name}`;
  if (fullType.split("/").length !== fullName.split("/").length + 1) {
    throw invalidTemplate(`the resource '${name}' of type '${type}' has incorrect segment lengths`);
  }
  const body = Object.entries(isObject(resource) ? resource : {}).filter(([key]) => !ENVELOPE.has(key));
  const declared: Declared = {
    id: idOf(scope, fullType, fullName),
    type: fullType,
    apiVersion,
    name: fullName,
    body: Object.fromEntries(body),
    dependsOn: dependsOn ?? [],
  };
  const nested = Array.isArray(resources) ? (resources as readonly unknown[]) : [];
  return [declared, ...nested.flatMap((child) => read(child, declared, scope))];
}

function idOf({ subscription, resourceGroup }: DeploymentScope, type: string, name: string): string {
  const [provider = "", ...types] = type.split("/");
  const names = name.split("/");
  const pairs = types.flatMap((segment, index) => [segment, names[index] ?? ""]);
  const group = `/subscriptions/${subscription.subscriptionId}/resourceGroups/${resourceGroup.name}`;
  return `${group}/providers/${[provider, ...pairs].join("/")}`;
}

function inOrder(resources: readonly Declared[]): readonly TemplateResource[] {
  const done = new Set<Declared>();
  const visit = (resource: Declared, path: readonly Declared[]): void => {
    if (done.has(resource)) return;
    if (path.includes(resource)) {
      throw invalidTemplate(
        `circular dependency detected on resource: '${resource.id}'. Please see https://aka.ms/arm-syntax-resources for usage details`,
      );
    }
    for (const name of resource.dependsOn) visit(find(resources, name), [...path, resource]);
    done.add(resource);
  };
  for (const resource of resources) visit(resource, []);
  return [...done];
}

/** A dependency is an id, or a name with or without its type. */
function find(resources: readonly Declared[], dependency: string): Declared {
  const found = resources.find(
    ({ id, type, name }) => isSame(id, dependency) || isSame(name, dependency) || isSame(`${type}/${name}`, dependency),
  );
  if (found !== undefined) return found;
  throw invalidTemplate(
    `the resource '${dependency}' is not defined in the template. Please see https://aka.ms/arm-syntax-resources for usage details`,
  );
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
