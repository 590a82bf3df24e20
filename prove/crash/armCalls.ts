import type { Exchange } from "azure-mlflow-rollout-local";

/** Marks the prover's own calls, which do not count. */
export const PROVER = { "x-prover": "true" };

/** Requests that ask how an operation is going: how many there are depends on the time it takes. */
const POLL =
  /\/(mfeOperationsStatus|mfeOperationResults|operationStatuses|operationResults|workspaceOperationsStatus)\//i;
const RANDOM_NAMES =
  /\b((?:heart-classifier|mlw|log-mlflow|kv-mlflow|appi-mlflow|mlflow-models)-|stmlflow|mlflow_models_)[a-z0-9]{5}\b/g;

/** Names the calls of one command to Azure Resource Manager, the same in every run: `PUT deployments/default (2)`. */
export class ArmCalls {
  private readonly seen = new Map<string, number>();

  /** The name of a call, with its number when it is not the first one of its kind; undefined for what does not count. */
  name({ method, path, headers }: Exchange): string | undefined {
    if (!/^\/subscriptions\//i.test(path) || POLL.test(path) || headers["x-prover"] !== undefined) return undefined;
    const call = `${method} ${shortPath(path)}`;
    const count = (this.seen.get(call) ?? 0) + 1;
    this.seen.set(call, count);
    return count === 1 ? call : `${call} (${count})`;
  }
}

/** Types and names below the provider, without what is random in them: `onlineEndpoints/heart-classifier-*`. */
function shortPath(path: string): string {
  const [group = "", below] = path.split("/providers/");
  if (below === undefined) return group.replace(/^.*\/(resourceGroups)\/.*$/i, "$1");
  const [, ...parts] = below.replaceAll(RANDOM_NAMES, "$1*").split("/");
  return parts
    .join("/")
    .replace(/^workspaces\/mlw-\*\/(?=.)/, "")
    .replace(/\/blobServices\/default/, "");
}
