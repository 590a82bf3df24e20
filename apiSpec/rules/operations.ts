import type { Operation } from "./swagger";

/** Where an operation is: `PUT microsoft.x/parents/children`, `LIST …` of a collection, `POST …/action`. */
export interface Place {
  readonly key: string;
  /** Lower-case type of the resource, without an action. */
  readonly type: string;
}

const COLLECTION = "LIST";

/** The place of an operation, or undefined for a path that names no type of resource. */
export function placeOf({ method, path }: Pick<Operation, "method" | "path">): Place | undefined {
  const segments = path.split("/").filter((part) => part !== "");
  const at = segments.lastIndexOf("providers");
  if (at < 0) return groupPlace(method, segments);
  const [provider = "", ...below] = segments.slice(at + 1);
  if (provider.startsWith("{")) return undefined;
  const types = below.filter((_, index) => index % 2 === 0);
  const hasTail = below.length % 2 === 1;
  const owner = [provider, ...(hasTail && method === "POST" ? types.slice(0, -1) : types)].join("/").toLowerCase();
  const full = [provider, ...types].join("/").toLowerCase();
  const verb = hasTail && method === "GET" ? COLLECTION : method;
  const isOfSubscription = !segments.some((part) => part.toLowerCase() === "resourcegroups") && types.length < 2;
  return { key: `${verb} ${isOfSubscription ? "subscription " : ""}${full}`, type: owner };
}

function groupPlace(method: string, segments: readonly string[]): Place | undefined {
  const isGroup = segments.length === 4 && segments[2]?.toLowerCase() === "resourcegroups";
  return isGroup ? { key: `${method} resourcegroups`, type: "resourcegroups" } : undefined;
}
