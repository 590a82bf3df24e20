import { isGuid } from "../../arm/checks";
import { uniqueString } from "./uniqueString";

/** Where a template is deployed. */
export interface DeploymentScope {
  /** What `subscription()` gives. */
  readonly subscription: { readonly subscriptionId: string; readonly [member: string]: unknown };
  /** What `resourceGroup()` gives. */
  readonly resourceGroup: { readonly name: string; readonly [member: string]: unknown };
}

/** A function of the template language; undefined when it does not take such arguments. */
export type TemplateFunction = (values: readonly unknown[]) => unknown;

const ITEM = /\{\{|\}\}|\{(\d+)\}|[{}]/g;

/** The functions that need nothing of the template itself, by lower-case name. */
export function templateFunctions(scope: DeploymentScope): Readonly<Record<string, TemplateFunction>> {
  return {
    concat,
    format,
    resourceid: (values) => resourceId(scope, values),
    resourcegroup: (values) => (values.length === 0 ? scope.resourceGroup : undefined),
    subscription: (values) => (values.length === 0 ? scope.subscription : undefined),
    uniquestring: (values) => (values.length > 0 && values.every(isText) ? uniqueString(...values) : undefined),
  };
}

function concat(values: readonly unknown[]): unknown {
  if (values.length === 0) return undefined;
  if (values.every((value): value is unknown[] => Array.isArray(value))) return values.flat();
  return values.every(isPlain) ? values.map(String).join("") : undefined;
}

function format([pattern, ...values]: readonly unknown[]): unknown {
  if (!isText(pattern) || !values.every(isPlain)) return undefined;
  let isKnown = true;
  const text = pattern.replaceAll(ITEM, (item, index?: string) => {
    if (item === "{{" || item === "}}") return item.slice(1);
    isKnown &&= index !== undefined && Number(index) < values.length;
    return String(values[Number(index)]);
  });
  return isKnown ? text : undefined;
}

/** `resourceId([subscriptionId], [resourceGroupName], type, name, ...)` */
function resourceId({ subscription, resourceGroup }: DeploymentScope, values: readonly unknown[]): unknown {
  if (!values.every(isText)) return undefined;
  const at = values.findIndex((value) => value.includes("/"));
  const [type = "", ...names] = values.slice(at);
  const [provider, ...types] = type.split("/");
  const before = at < 0 ? [] : values.slice(0, at);
  if (at < 0 || types.length !== names.length || before.length > 2) return undefined;
  if (before.length === 2 && !isGuid(before[0])) return undefined;
  const group = before.at(-1) ?? resourceGroup.name;
  const subscriptionId = before.length === 2 ? before[0] : subscription.subscriptionId;
  const pairs = types.flatMap((each, index) => [each, names[index] ?? ""]);
  return [`/subscriptions/${subscriptionId ?? ""}/resourceGroups/${group}/providers/${provider ?? ""}`, ...pairs].join(
    "/",
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isPlain(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
