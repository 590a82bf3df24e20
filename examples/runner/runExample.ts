import { join } from "node:path";
import type { TraceEntry } from "azure-mlflow-rollout-local";
import { HeartStack } from "../../driver/stack";
import { textAt, valueAt } from "../../driver/azureClient";
import type { AzureClient } from "../../driver/azureClient";
import type { Example } from "./example";
import { ROOT } from "../../driver/paths";

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;

/** Told as an example runs. */
export interface Watcher {
  begins(what: "prerequisites" | "up" | "step" | "destroy"): void;
  /** After the step, while all of it is there. */
  stepped?(stack: HeartStack): Promise<void>;
}

/** What an example did. */
export interface Outcome {
  /** The live weights after the step. */
  readonly traffic: unknown;
  /** The writes of the step that Azure saw, as `PUT onlineEndpoints`; `via` marks those of a template deployment. */
  readonly writes: readonly string[];
  /** Ids of what was made by the example and is there after the destroy. */
  readonly left: readonly string[];
}

/** Takes an example through its life on a local Azure: what it needs, `up`, a step of 10 percent, protection off, `destroy`. */
export async function runExample(example: Example, azure: AzureClient, watcher: Watcher): Promise<Outcome> {
  await azure.clock({ speed: SPEED });
  watcher.begins("prerequisites");
  const config = await example.prepare(azure);
  const before = new Set(await idsOf(azure));
  const stack = await HeartStack.open(azure.azure.env, undefined, join(ROOT, "examples", example.name));
  try {
    for (const [path, value] of Object.entries(config)) await stack.setConfig(path, value);
    watcher.begins("up");
    await stack.up();

    watcher.begins("step");
    await stack.setConfig("candidateTraffic", "10");
    const seen = (await azure.trace("kind=arm")).at(-1)?.seq ?? 0;
    await stack.up();
    const writes = writesOf(await azure.trace(`kind=arm&since=${seen}`));
    const traffic = await liveTraffic(azure);
    await watcher.stepped?.(stack);

    watcher.begins("destroy");
    await stack.remove();
    return { traffic, writes, left: (await idsOf(azure)).filter((id) => !before.has(id)) };
  } finally {
    stack.close();
  }
}

/** What is wrong with an outcome, if anything. */
export function problemsOf({ traffic, writes, left }: Outcome): readonly string[] {
  const [expected, live] = [{ default: 90, "xgboost-model-2": 10 }, traffic].map((each) => JSON.stringify(each));
  const [step, done] = [["PUT deployments", "PUT onlineEndpoints via"], writes].map((each) => each.join(", "));
  return [
    ...(live === expected ? [] : [`the live weights are ${live}, not ${expected}`]),
    ...(done === step ? [] : [`the step wrote ${done}, not ${step}`]),
    ...(left.length === 0 ? [] : [`the destroy left ${left.join(", ")}`]),
  ];
}

async function documents(azure: AzureClient): Promise<readonly unknown[]> {
  const { body } = await azure.send("GET", "/_local/state");
  return valueAt(body, "resources") as readonly unknown[];
}

async function idsOf(azure: AzureClient): Promise<readonly string[]> {
  return (await documents(azure)).map((document) => textAt(document, "id"));
}

async function liveTraffic(azure: AzureClient): Promise<unknown> {
  const endpoint = (await documents(azure)).find((it) => textAt(it, "type").endsWith("/onlineEndpoints"));
  return valueAt(endpoint, "properties.traffic");
}

function writesOf(trace: readonly TraceEntry[]): readonly string[] {
  return trace
    .filter(({ method }) => /^(PUT|PATCH|DELETE)$/.test(method))
    .map(({ method, path, via }) => `${method} ${path.split("/").at(-2) ?? ""}${via === undefined ? "" : " via"}`);
}
