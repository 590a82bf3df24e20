import type { Operation } from "../arm/operations";
import { failedResource } from "../arm/provisioning";
import type { Resource } from "../arm/store";
import { isObject } from "../common/json";
import type { DataDirectory } from "./dataDirectory";

/** What survives a restart besides blobs, certificate and credentials. Trace and fault rules do not. */
export interface SavedState {
  /** The server address that stored resources refer to. */
  readonly url: string;
  /** Virtual time in milliseconds since 1970: a restart never moves it back. */
  readonly now: number;
  readonly resources: readonly Resource[];
  readonly operations: readonly Operation[];
}

const FILE = "state.json";

/**
 * The state for a server at an address: the old address is replaced, interrupted operations have failed.
 *
 * @throws Error that says what to do when the file cannot be used
 */
export function loadState(directory: DataDirectory, url: string): SavedState | undefined {
  const saved = directory.read(FILE, problemOf) as SavedState | undefined;
  if (saved === undefined) return undefined;
  const { now, resources, operations } = JSON.parse(JSON.stringify(saved).replaceAll(saved.url, url)) as SavedState;
  return {
    url,
    now,
    resources: resources.map(failedResource),
    operations: operations.map((each) => interrupted(each, now)),
  };
}

export function saveState(directory: DataDirectory, state: SavedState): void {
  directory.write(FILE, state);
}

/** An operation that a server stop interrupted. */
function interrupted(operation: Operation, now: number): Operation {
  if (operation.status !== "running") return operation;
  return {
    ...operation,
    status: "Failed",
    endTime: new Date(now).toISOString(),
    error: { code: "OperationCanceled", message: "The local Azure ML was stopped while the operation was running." },
  };
}

function problemOf(content: unknown): string | undefined {
  if (!isObject(content) || typeof content["url"] !== "string" || content["url"] === "") return "url must be text";
  if (typeof content["now"] !== "number") return "now must be a number";
  const { resources, operations } = content;
  if (!Array.isArray(resources) || !resources.every(isResource)) return "resources must be a list of resources";
  if (!Array.isArray(operations) || !operations.every(isOperation)) return "operations must be a list of operations";
  return undefined;
}

function isResource(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { id, type, document, hidden } = value;
  return typeof id === "string" && typeof type === "string" && isObject(document) && isObject(hidden);
}

function isOperation(value: unknown): boolean {
  return isObject(value) && ["id", "resourceId", "running", "status"].every((key) => typeof value[key] === "string");
}
